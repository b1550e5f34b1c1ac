import { badUserInput, forbidden, unauthenticated } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { findLiveToken, redeemOneTimeToken } from '../one-time-token/redeem-one-time-token.ts';
import { acceptCode } from '../second-factor/accept-code.ts';
import {
  forgetFailedSignIns,
  recordFailedSignIn,
  refuseWhileLocked,
  subjectOf,
} from '../throttling/sign-in-lockout.ts';
import { lockUser } from '../user/lock-user.ts';
import type { SessionTokens } from './session-tokens.type.ts';
import type { CompleteLoginInput } from './sign-in.inputs.ts';
import { startSession } from './start-session.ts';

/** Finishes a sign-in with a code of the second factor. A wrong code leaves the challenge as it was. */
export async function completeSignIn(work: IdentityWork, input: CompleteLoginInput): Promise<SessionTokens> {
  const purposes = [TokenPurpose.SecondFactor];
  if (!input.code === !input.recoveryCode) {
    throw badUserInput([{ path: 'input.code', message: 'Give either a code or a recovery code.' }]);
  }
  const { throttles } = work.services;
  await throttles.signInsPerAddress.consume(work.clientAddress);
  const challenge = await elevated(work, () => findLiveToken(work, input.challenge, purposes));
  if (!challenge) throw expired();
  // By account, not by challenge: a new challenge must not buy new attempts.
  const guessed = `second factor of ${challenge.userId}`;
  await throttles.signInsPerAccount.consume(subjectOf(guessed));
  await refuseWhileLocked(work, guessed);
  const tokens = await elevated(work, async () => {
    const user = await lockUser(work, challenge.userId);
    if (!user.mayStartSession) throw forbidden('This account is suspended. Contact support.');
    if (!(await acceptCode(work, user.id, input))) return undefined;
    if (!(await redeemOneTimeToken(work, input.challenge, purposes))) throw expired();
    return startSession(work, user);
  });
  if (!tokens) {
    await recordFailedSignIn(work, guessed);
    throw unauthenticated('The code is wrong or was used already.');
  }
  await throttles.signInsPerAccount.giveBack(subjectOf(guessed));
  await forgetFailedSignIns(work, guessed);
  return tokens;
}

function expired() {
  return unauthenticated('This sign-in has taken too long. Begin anew.');
}
