import type { IdentityWork } from '../context.ts';
import { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';
import { requestMail } from '../throttling/request-mail.ts';
import { mailVerification } from './mail-verification.ts';

/** Asks for another verification mail. Does not say whether there is anybody to mail. */
export async function resendVerification(work: IdentityWork, { email }: { email: string }): Promise<string> {
  return requestMail(work, 'mail-verification-again', email);
}

/** The job behind it: where the look-up happens, out of sight of whoever waits for the answer. */
export async function mailVerificationAgain(work: IdentityWork, { email }: { email: string }): Promise<void> {
  await work.transaction(async () => {
    const user = await work.em.findOne(User, { email, status: UserStatus.PENDING });
    if (user) await mailVerification(work, user, email);
  });
}
