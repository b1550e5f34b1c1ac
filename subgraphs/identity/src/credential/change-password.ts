import { confirmPassword } from '../auth-session/confirm-password.ts';
import { revokeSessions } from '../auth-session/revoke-sessions.ts';
import { SessionEnd } from '../auth-session/session-end.ts';
import type { IdentityWork } from '../context.ts';
import { lockUser } from '../user/lock-user.ts';
import type { User } from '../user/user.entity.ts';
import { storePassword } from './store-password.ts';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/** Changes the password, and ends every session but this one. */
export async function changePassword(work: IdentityWork, input: PasswordChange): Promise<User> {
  const own = await confirmPassword(work, input.currentPassword, 'input.currentPassword');
  const hash = await work.services.passwords.hash(input.newPassword);
  return work.transaction(async () => {
    const user = await lockUser(work, own.userId);
    await storePassword(work, user.id, hash);
    await revokeSessions(work, { userId: user.id, except: own.id }, SessionEnd.PasswordChanged);
    return user;
  });
}
