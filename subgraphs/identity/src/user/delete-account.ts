import { refuseToLoseLastSuperAdmin } from '../administration/refuse-to-lose-last-super-admin.ts';
import { confirmPassword } from '../auth-session/confirm-password.ts';
import { endImpersonations } from '../auth-session/end-impersonations.ts';
import { revokeSessions } from '../auth-session/revoke-sessions.ts';
import { SessionEnd } from '../auth-session/session-end.ts';
import type { IdentityWork } from '../context.ts';
import { PasswordCredential } from '../credential/password-credential.entity.ts';
import { elevated } from '../elevation.ts';
import { eraseInvitationsTo } from '../invitation/erase-invitations-to.ts';
import { leaveAllOrganizations } from '../membership/leave-all-organizations.ts';
import { OneTimeToken } from '../one-time-token/one-time-token.entity.ts';
import { changePlan } from '../plan/change-plan.ts';
import { PlanName } from '../plan/plan-name.ts';
import { RecoveryCode } from '../second-factor/recovery-code.entity.ts';
import { SecondFactor } from '../second-factor/second-factor.entity.ts';
import { lockUser } from './lock-user.ts';
import type { User } from './user.entity.ts';

/** Deletes the account of whoever asks. What is theirs in other subgraphs goes with the event. */
export async function deleteAccount(work: IdentityWork, { password }: { password: string }): Promise<User> {
  const { userId } = await confirmPassword(work, password, 'input.password');
  return elevated(work, () => eraseUser(work, userId));
}

/** Leaves an anonymous trace of a user and nothing else. Needs elevation and a transaction. */
export async function eraseUser(work: IdentityWork, userId: string): Promise<User> {
  const user = await lockUser(work, userId);
  await refuseToLoseLastSuperAdmin(work, user);
  await leaveAllOrganizations(work, userId);
  await eraseInvitationsTo(work, user);
  await changePlan(work, user, { plan: PlanName.FREE });
  await revokeSessions(work, { userId }, SessionEnd.Deleted);
  await endImpersonations(work, userId);
  await work.em.nativeDelete(PasswordCredential, { userId });
  await work.em.nativeDelete(SecondFactor, { userId });
  await work.em.nativeDelete(RecoveryCode, { userId });
  await work.em.nativeDelete(OneTimeToken, { userId });
  // Device and address tell about a person; that there was a session does not.
  await work.em.flush();
  await work.em.execute(`update auth_session set device = 'Unknown device', address = null where user_id = ?`, [
    userId,
  ]);
  user.delete(work.now());
  work.publish('user.deleted', { userId });
  return user;
}
