import { raw } from '@mikro-orm/postgresql';
import { createPageLoader, loadMany, loadOne, type PageLoader, type Reader } from '@supergraph/subgraph-kit';
import type DataLoader from 'dataloader';
import { containing } from '../search/containing.ts';
import { Membership } from './membership.entity.ts';
import type { MembershipArguments, MembershipFilter } from './membership.inputs.ts';

/** Memberships by id: one's own, and those of the organization one acts for. */
export function createMembershipLoader({ em }: Reader): DataLoader<string, Membership | null> {
  return loadOne(em, Membership);
}

/** To what users belong. Of others, the database shows only that they are colleagues. */
export function createMembershipsOfUserLoader({ em }: Reader): DataLoader<string, Membership[]> {
  return loadMany(em, Membership, { by: 'userId', orderBy: { createdAt: 'asc', id: 'asc' } });
}

/** The members of organizations, in the order they joined. */
export function createMembersLoader({ em }: Reader): PageLoader<Membership, MembershipArguments> {
  return createPageLoader(em, Membership, {
    partitionBy: 'organizationId',
    list: ({ filter }: MembershipArguments) => ({ where: conditionOf(filter), orderBy: { createdAt: 'asc' } }),
  });
}

function conditionOf(filter: MembershipFilter | null | undefined): object {
  return {
    ...(filter?.roles && { role: { $in: filter.roles } }),
    ...(filter?.name && {
      [raw('exists (select from user_account where user_account.id = e.user_id and user_account.name ilike ?)', [
        containing(filter.name),
      ])]: [],
    }),
  };
}
