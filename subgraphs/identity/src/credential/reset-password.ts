import { revokeSessions } from '../auth-session/revoke-sessions.ts';
import { SessionEnd } from '../auth-session/session-end.ts';
import type { IdentityWork } from '../context.ts';
import { confirmAddress } from '../email-verification/verify-email.ts';
import { elevated } from '../elevation.ts';
import { TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { findLiveToken, invalidToken, redeemOneTimeToken } from '../one-time-token/redeem-one-time-token.ts';
import { forgetFailedSignIns } from '../throttling/sign-in-lockout.ts';
import { lockUser } from '../user/lock-user.ts';
import type { User } from '../user/user.entity.ts';
import { storePassword } from './store-password.ts';

export interface PasswordReset {
  readonly token: string;
  readonly newPassword: string;
}

/**
 * Sets a new password with the token of a mail, and ends all sessions: whoever needs a reset may not be the only one
 * who knew the old password. The token also shows whose address it is, and ends a lockout.
 */
export async function resetPassword(work: IdentityWork, { token, newPassword }: PasswordReset): Promise<User> {
  const purposes = [TokenPurpose.ResetPassword];
  await work.services.throttles.signInsPerAddress.consume(work.clientAddress);
  // Before the expensive part, so that invented tokens cost us next to nothing.
  if (!(await elevated(work, () => findLiveToken(work, token, purposes)))) throw invalidToken();
  const hash = await work.services.passwords.hash(newPassword);
  return elevated(work, async () => {
    const redeemed = await redeemOneTimeToken(work, token, purposes);
    if (!redeemed) throw invalidToken();
    const user = await lockUser(work, redeemed.userId);
    await storePassword(work, user.id, hash);
    confirmAddress(work, user);
    await revokeSessions(work, { userId: user.id }, SessionEnd.PasswordChanged);
    await forgetFailedSignIns(work, user.email!);
    user.shownToThemselves = true;
    return user;
  });
}
