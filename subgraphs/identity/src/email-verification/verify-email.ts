import { conflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { invalidToken, redeemOneTimeToken } from '../one-time-token/redeem-one-time-token.ts';
import { announceProfile } from '../user/announce-profile.ts';
import { lockEmail, lockUser } from '../user/lock-user.ts';
import { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';

/** Takes the token of a mail as proof that the address is the user's: at registration and at a change of address. */
export async function verifyEmail(work: IdentityWork, { token }: { token: string }): Promise<User> {
  return elevated(work, async () => {
    const redeemed = await redeemOneTimeToken(work, token, [TokenPurpose.VerifyEmail, TokenPurpose.ChangeEmail]);
    if (!redeemed?.subject) throw invalidToken();
    const user = await lockUser(work, redeemed.userId);
    if (redeemed.purpose === TokenPurpose.ChangeEmail) await changeAddress(work, user, redeemed.subject);
    // The address was changed after this mail was sent.
    if (user.email !== redeemed.subject) throw invalidToken();
    confirmAddress(work, user);
    user.shownToThemselves = true;
    return user;
  });
}

/** Makes a pending user an active one, now that it is known whose address it is. */
export function confirmAddress(work: IdentityWork, user: User): void {
  if (user.status !== UserStatus.PENDING) return;
  user.verifyEmail(work.now());
  work.publish('user.verified', { userId: user.id, email: user.email! });
}

async function changeAddress(work: IdentityWork, user: User, email: string): Promise<void> {
  await lockEmail(work, email);
  const owner = await work.em.findOne(User, { email });
  // Whoever holds the token reads the mails of this address, so this tells them nothing they could not find out.
  if (owner && owner.id !== user.id) throw conflict('Another account has this address.');
  user.changeEmail(email, work.now());
  announceProfile(work, user);
}
