import { conflict } from '@supergraph/subgraph-kit';
import { confirmPassword } from '../auth-session/confirm-password.ts';
import type { IdentityWork } from '../context.ts';
import { lockUser } from '../user/lock-user.ts';
import type { SecondFactorEnrolment } from './second-factor.types.ts';
import { SecondFactor } from './second-factor.entity.ts';
import { createTotpSecret, SECRET_PURPOSE, totpUrl } from './totp.ts';

/** Begins to set up an authenticator app. Nothing is asked for until `confirmSecondFactor`; beginning anew is fine. */
export async function enrolSecondFactor(
  work: IdentityWork,
  { password }: { password: string },
): Promise<SecondFactorEnrolment> {
  const { userId } = await confirmPassword(work, password, 'input.password');
  const { environment, sealer } = work.services;
  const secret = createTotpSecret();
  return work.transaction(async () => {
    const user = await lockUser(work, userId);
    const former = await work.em.findOne(SecondFactor, { userId });
    if (former?.confirmedAt) throw conflict('A second factor is set up already. Turn it off first.');
    const sealedSecret = sealer.seal(secret, SECRET_PURPOSE);
    if (former) former.sealedSecret = sealedSecret;
    else work.em.create(SecondFactor, { userId, sealedSecret, lastStep: 0, createdAt: work.now() });
    return { secret, url: totpUrl(secret, environment.PRODUCT_NAME, user.email ?? user.id) };
  });
}
