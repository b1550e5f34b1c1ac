import { conflict } from '@supergraph/subgraph-kit';
import { confirmPassword } from '../auth-session/confirm-password.ts';
import type { IdentityWork } from '../context.ts';
import { lockUser } from '../user/lock-user.ts';
import { replaceRecoveryCodes } from './recovery-code.ts';
import { SecondFactor } from './second-factor.entity.ts';

/** Gives the person new recovery codes, and voids the old ones. */
export async function regenerateRecoveryCodes(
  work: IdentityWork,
  { password }: { password: string },
): Promise<string[]> {
  const { userId } = await confirmPassword(work, password, 'input.password');
  return work.transaction(async () => {
    await lockUser(work, userId);
    const factor = await work.em.findOne(SecondFactor, { userId, confirmedAt: { $ne: null } });
    if (!factor) throw conflict('There is no second factor to recover.');
    return replaceRecoveryCodes(work, userId);
  });
}
