import type { IdentityWork } from '../context.ts';
import { redeemRecoveryCode } from './recovery-code.ts';
import { SecondFactor } from './second-factor.entity.ts';
import { SECRET_PURPOSE, stepOfCode } from './totp.ts';

export interface GivenCode {
  /** From the app. */
  readonly code?: string | null;
  readonly recoveryCode?: string | null;
}

/** Takes a code of a confirmed second factor, once. Limits are the caller's. @returns whether it was good */
export async function acceptCode(work: IdentityWork, userId: string, given: GivenCode): Promise<boolean> {
  if (given.recoveryCode) return redeemRecoveryCode(work, userId, given.recoveryCode);
  const factor = await work.em.findOne(SecondFactor, { userId, confirmedAt: { $ne: null } });
  return factor !== null && takeStep(work, factor, given.code ?? '');
}

/** Takes a code of the app. The update decides between two that come with the same code. */
export async function takeStep(work: IdentityWork, factor: SecondFactor, code: string): Promise<boolean> {
  const secret = work.services.sealer.unseal(factor.sealedSecret, SECRET_PURPOSE);
  const step = stepOfCode(secret, code, work.now());
  if (step === undefined) return false;
  const { userId } = factor;
  const taken = await work.em.nativeUpdate(SecondFactor, { userId, lastStep: { $lt: step } }, { lastStep: step });
  return taken === 1;
}
