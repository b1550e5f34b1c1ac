import type { IdentityWork } from '../context.ts';
import { OneTimeToken, TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { PasswordCredential } from './password-credential.entity.ts';

/** Makes this the user's password. Hold the user's lock. What the old one was used to begin is void. */
export async function storePassword(work: IdentityWork, userId: string, hash: string): Promise<void> {
  const credential = await work.em.findOneOrFail(PasswordCredential, { userId });
  credential.hash = hash;
  credential.changedAt = work.now();
  const begun = [TokenPurpose.ResetPassword, TokenPurpose.SecondFactor];
  await work.em.nativeDelete(OneTimeToken, { userId, purpose: { $in: begun }, usedAt: null });
  work.publish('password.changed', { userId });
}
