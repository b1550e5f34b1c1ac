import type { IdentityWork } from '../context.ts';
import { issueOneTimeToken } from '../one-time-token/issue-one-time-token.ts';
import { TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { sealForEvent } from '../one-time-token/seal-for-event.ts';
import type { User } from '../user/user.entity.ts';

/**
 * Asks for a mail with a link that shows that `email` is the user's: the address they registered with, or the one they
 * want to change to. Needs elevation and a transaction.
 */
export async function mailVerification(work: IdentityWork, user: User, email: string): Promise<void> {
  const purpose = email === user.email ? TokenPurpose.VerifyEmail : TokenPurpose.ChangeEmail;
  const { token, expiresAt } = await issueOneTimeToken(work, { userId: user.id, purpose, subject: email });
  work.publish('email_verification.requested', {
    userId: user.id,
    email,
    name: user.name,
    locale: user.locale,
    sealedToken: sealForEvent(work, token),
    expiresAt: expiresAt.toISOString(),
  });
}
