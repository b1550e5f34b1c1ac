import type { IdentityWork } from '../context.ts';
import type { User } from '../user/user.entity.ts';
import { Invitation } from './invitation.entity.ts';

/** Forgets to what a person was invited, answered or not: it tells their address. Needs elevation. */
export async function eraseInvitationsTo(work: IdentityWork, { id, email }: User): Promise<void> {
  const theirs = email ? { $or: [{ email }, { acceptedBy: id }] } : { acceptedBy: id };
  await work.em.nativeDelete(Invitation, theirs, { filters: false });
}
