import { confirmPassword } from '../auth-session/confirm-password.ts';
import type { IdentityWork } from '../context.ts';
import { subjectOf } from '../throttling/sign-in-lockout.ts';
import { normaliseEmail } from '../user/email-address.ts';
import { User } from '../user/user.entity.ts';
import { mailVerification } from './mail-verification.ts';

export interface EmailChange {
  readonly newEmail: string;
  readonly password: string;
}

/**
 * Asks for a mail to the new address; the change takes place when its token comes back. Does not say whether the
 * address is somebody's: a job finds out, and sends no mail then.
 */
export async function requestEmailChange(work: IdentityWork, input: EmailChange): Promise<string> {
  const { userId } = await confirmPassword(work, input.password, 'input.password');
  const email = normaliseEmail(input.newEmail);
  const { throttles } = work.services;
  await throttles.mailsPerAddress.consume(work.clientAddress);
  await throttles.mailsPerAccount.consume(subjectOf(email));
  work.schedule({ name: 'mail-email-change', data: { userId, email }, key: subjectOf(`${userId} ${email}`) });
  return email;
}

/** The job behind it. */
export async function mailEmailChange(
  work: IdentityWork,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  await work.transaction(async () => {
    const user = await work.em.findOne(User, userId);
    if (user?.mayStartSession && !(await work.em.findOne(User, { email }))) await mailVerification(work, user, email);
  });
}
