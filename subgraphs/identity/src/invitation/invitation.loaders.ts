import { createPageLoader, loadOne, type PageLoader, type Reader } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { Invitation } from './invitation.entity.ts';
import type { InvitationArguments } from './invitation.inputs.ts';
import { mayInvite } from './invitation.policy.ts';

/** Invitations by id, of the organization one acts for, for those who may invite. */
export function createInvitationLoader({ em, session }: Reader): DataLoader<string, Invitation | null> {
  return mayInvite(session) ? loadOne(em, Invitation) : new DataLoader(async (ids) => ids.map(() => null));
}

/** The invitations of organizations, the latest first. */
export function createInvitationsLoader({ em }: Reader): PageLoader<Invitation, InvitationArguments> {
  return createPageLoader(em, Invitation, {
    partitionBy: 'organizationId',
    list: ({ filter }: InvitationArguments) => ({
      where: filter?.statuses ? { status: { $in: filter.statuses } } : {},
      orderBy: { createdAt: 'desc' },
    }),
  });
}
