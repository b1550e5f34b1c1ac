import { LockMode } from '@mikro-orm/postgresql';
import { isIdentifier, notFound, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { Broadcast } from './broadcast.entity.ts';
import type { CancelBroadcastInput } from './broadcast.inputs.ts';
import { isBroadcastOf, mayReadBroadcasts } from './broadcast.policy.ts';

/** Stops a broadcast: whoever was told stays told. Waits for the chunk that is being told. */
export async function cancelBroadcast(work: MessagingWork, { id }: CancelBroadcastInput): Promise<Broadcast> {
  permit(work.session, mayReadBroadcasts(work.session));
  return asSystem(work, async () => {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
    const broadcast = isIdentifier(id) ? await work.em.findOne(Broadcast, { id }, lock) : null;
    if (!broadcast || !isBroadcastOf(work.session, broadcast.organizationId)) throw notFound('Broadcast');
    broadcast.cancel(work.now());
    return broadcast;
  });
}
