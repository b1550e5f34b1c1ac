import { confirmPassword } from '../auth-session/confirm-password.ts';
import type { IdentityWork } from '../context.ts';
import { lockUser } from '../user/lock-user.ts';
import type { User } from '../user/user.entity.ts';
import { RecoveryCode } from './recovery-code.entity.ts';
import { SecondFactor } from './second-factor.entity.ts';

/** Turns the second factor off. Its secret and its recovery codes are gone. */
export async function disableSecondFactor(work: IdentityWork, { password }: { password: string }): Promise<User> {
  const { userId } = await confirmPassword(work, password, 'input.password');
  return work.transaction(async () => {
    const user = await lockUser(work, userId);
    await work.em.nativeDelete(RecoveryCode, { userId });
    await work.em.nativeDelete(SecondFactor, { userId });
    return user;
  });
}
