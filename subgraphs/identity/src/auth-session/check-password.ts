import type { IdentityWork } from '../context.ts';
import {
  forgetFailedSignIns,
  recordFailedSignIn,
  refuseWhileLocked,
  subjectOf,
} from '../throttling/sign-in-lockout.ts';
import { type Account, findAccount } from './find-account.ts';

/**
 * Checks an address and a password, as often as the limits allow. Everything happens the same way and in the same
 * order for an address that nobody has: limits, look-up, a full password check, the count of failures.
 *
 * @returns the account, or `undefined` when the two do not belong together
 * @throws `RATE_LIMITED` before anything is checked, so that not even the right password gets past a limit
 */
export async function checkPassword(work: IdentityWork, email: string, password: string): Promise<Account | undefined> {
  const { throttles, passwords } = work.services;
  const subject = subjectOf(email);
  await throttles.signInsPerAddress.consume(work.clientAddress);
  await throttles.signInsPerAccount.consume(subject);
  await refuseWhileLocked(work, email);
  const account = await findAccount(work, email);
  if (!(await passwords.verify(password, account?.passwordHash))) {
    await recordFailedSignIn(work, email);
    return undefined;
  }
  // Attempts are counted to stop guessing, and this was no guess: whoever signs in on five devices is not shut out.
  await throttles.signInsPerAccount.giveBack(subject);
  await forgetFailedSignIns(work, email);
  return account;
}
