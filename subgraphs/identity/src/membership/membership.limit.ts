import { conflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Membership } from './membership.entity.ts';

/** Organizations one person may belong to, deleted ones included: what lets `User.organizations` be a plain list. */
export const MAX_MEMBERSHIPS = 100;

/** Needs elevation and the lock of the user. @throws `CONFLICT` */
export async function refuseTooManyMemberships(work: IdentityWork, userId: string): Promise<void> {
  if ((await work.em.count(Membership, { userId })) >= MAX_MEMBERSHIPS) {
    throw conflict(`Nobody can belong to more than ${MAX_MEMBERSHIPS} organizations.`);
  }
}
