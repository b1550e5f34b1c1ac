import type { IdentityWork } from '../context.ts';
import { issueOneTimeToken } from '../one-time-token/issue-one-time-token.ts';
import { TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { sealForEvent } from '../one-time-token/seal-for-event.ts';
import { requestMail } from '../throttling/request-mail.ts';
import { User } from '../user/user.entity.ts';

/** Asks for a mail with a link to choose a new password. Does not say whether there is anybody to mail. */
export async function requestPasswordReset(work: IdentityWork, { email }: { email: string }): Promise<string> {
  return requestMail(work, 'mail-password-reset', email);
}

/** The job behind it: where the look-up happens, out of sight of whoever waits for the answer. */
export async function mailPasswordReset(work: IdentityWork, { email }: { email: string }): Promise<void> {
  await work.transaction(async () => {
    const user = await work.em.findOne(User, { email });
    if (!user?.mayStartSession) return;
    const { token, expiresAt } = await issueOneTimeToken(work, {
      userId: user.id,
      purpose: TokenPurpose.ResetPassword,
    });
    work.publish('password_reset.requested', {
      userId: user.id,
      email,
      name: user.name,
      locale: user.locale,
      sealedToken: sealForEvent(work, token),
      expiresAt: expiresAt.toISOString(),
    });
  });
}
