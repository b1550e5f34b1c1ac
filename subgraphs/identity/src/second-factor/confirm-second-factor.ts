import { badUserInput, conflict } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { subjectOf } from '../throttling/sign-in-lockout.ts';
import { lockUser } from '../user/lock-user.ts';
import { takeStep } from './accept-code.ts';
import { replaceRecoveryCodes } from './recovery-code.ts';
import { SecondFactor } from './second-factor.entity.ts';

/** Turns the second factor on, once a code has shown that the app has the secret. @returns the recovery codes */
export async function confirmSecondFactor(work: IdentityWork, { code }: { code: string }): Promise<string[]> {
  const { userId } = await requireOwnSession(work);
  await work.services.throttles.signInsPerAccount.consume(subjectOf(`second factor of ${userId}`));
  return work.transaction(async () => {
    await lockUser(work, userId);
    const factor = await work.em.findOne(SecondFactor, { userId });
    if (!factor) throw conflict('Begin with enrolSecondFactor.');
    if (factor.confirmedAt) throw conflict('The second factor is on already.');
    if (!(await takeStep(work, factor, code))) {
      throw badUserInput([{ path: 'input.code', message: 'The code is wrong. Is the clock of your device right?' }]);
    }
    factor.confirmedAt = work.now();
    return replaceRecoveryCodes(work, userId);
  });
}
