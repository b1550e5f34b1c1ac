import type { IdentityWork } from '../context.ts';
import { normaliseEmail } from '../user/email-address.ts';
import { subjectOf } from './sign-in-lockout.ts';

/**
 * Hands a request for a mail to a job. The job finds out whether the address is anybody's; the request does not, so
 * neither its answer nor its time can tell.
 *
 * @returns the address as it is compared
 * @throws `RATE_LIMITED`
 */
export async function requestMail(work: IdentityWork, jobName: string, address: string): Promise<string> {
  const email = normaliseEmail(address);
  const { throttles } = work.services;
  await throttles.mailsPerAddress.consume(work.clientAddress);
  await throttles.mailsPerAccount.consume(subjectOf(email));
  work.schedule({ name: jobName, data: { email }, key: subjectOf(email) });
  return email;
}
