import { badUserInput } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { OneTimeToken, type TokenPurpose } from './one-time-token.entity.ts';
import { hashToken } from './secret-token.ts';

/**
 * Uses a token up. Of several callers at the same time exactly one gets it: the database decides, by a conditional
 * update. Its other effects belong in the same transaction, so that a failure gives the token back.
 */
export async function redeemOneTimeToken(
  work: IdentityWork,
  token: string,
  purposes: readonly TokenPurpose[],
): Promise<OneTimeToken | undefined> {
  const live = liveToken(work, token, purposes);
  const won = await work.em.nativeUpdate(OneTimeToken, live, { usedAt: work.now() });
  return won === 1 ? work.em.findOneOrFail(OneTimeToken, { hash: live.hash }) : undefined;
}

/** Whether a token could be used now. Says nothing about a moment later. */
export async function findLiveToken(
  work: IdentityWork,
  token: string,
  purposes: readonly TokenPurpose[],
): Promise<OneTimeToken | null> {
  return work.em.findOne(OneTimeToken, liveToken(work, token, purposes));
}

/** The same for a token that never was, was used, or is too old: there is nothing to be learnt by trying. */
export function invalidToken() {
  return badUserInput([{ path: 'input.token', message: 'This link has been used or has expired. Ask for a new one.' }]);
}

function liveToken(work: IdentityWork, token: string, purposes: readonly TokenPurpose[]) {
  return { hash: hashToken(token), purpose: { $in: [...purposes] }, usedAt: null, expiresAt: { $gt: work.now() } };
}
