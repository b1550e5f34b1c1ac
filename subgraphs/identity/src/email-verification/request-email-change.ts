import { confirmPassword } from '../auth-session/confirm-password.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { subjectOf } from '../throttling/sign-in-lockout.ts';
import { normaliseEmail } from '../user/email-address.ts';
import { lockUser } from '../user/lock-user.ts';
import { User } from '../user/user.entity.ts';
import { mailVerification } from './mail-verification.ts';

export interface EmailChange {
  readonly newEmail: string;
  readonly password: string;
}

/**
 * Asks for a mail to the new address; the change takes place when its token comes back. An address that is somebody
 * else's gets the same answer and no mail.
 */
export async function requestEmailChange(work: IdentityWork, input: EmailChange): Promise<string> {
  const { userId } = await confirmPassword(work, input.password, 'input.password');
  const email = normaliseEmail(input.newEmail);
  const { throttles } = work.services;
  await throttles.mailsPerAddress.consume(work.clientAddress);
  await throttles.mailsPerAccount.consume(subjectOf(email));
  await elevated(work, async () => {
    const user = await lockUser(work, userId);
    if (!(await work.em.findOne(User, { email }))) await mailVerification(work, user, email);
  });
  return email;
}
