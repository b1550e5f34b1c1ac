import { type ConnectionArguments, findPage, type Page, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { pageAsSystem } from '../elevation.ts';
import { Broadcast } from './broadcast.entity.ts';
import { isBroadcastOf, mayReadBroadcasts } from './broadcast.policy.ts';

/** The broadcasts of the active organization and, for administrators, those of the platform; newest first. */
export async function searchBroadcasts(work: MessagingWork, args: ConnectionArguments): Promise<Page<Broadcast>> {
  permit(work.session, mayReadBroadcasts(work.session));
  const { organizationId } = work.session;
  const owners = [
    ...(organizationId ? [{ organizationId }] : []),
    ...(isBroadcastOf(work.session, null) ? [{ organizationId: null }] : []),
  ];
  // Without an owner there is nothing to see, and an empty "or" would mean everything.
  const where = owners.length > 0 ? { $or: owners } : { id: { $in: [] } };
  return pageAsSystem(() => findPage(work.em, Broadcast, { where, orderBy: { createdAt: 'desc' }, args }));
}
