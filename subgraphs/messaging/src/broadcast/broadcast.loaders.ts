import { loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { MessagingReader } from '../context.ts';
import { nothingFor } from '../nothing-for.ts';
import { Broadcast } from './broadcast.entity.ts';
import { isBroadcastOf, mayReadBroadcasts } from './broadcast.policy.ts';

export function createBroadcastLoaders({ em, session }: MessagingReader) {
  if (!mayReadBroadcasts(session)) return { broadcastById: nothingFor<Broadcast>() };
  const all = loadOne(em, Broadcast);
  return {
    broadcastById: new DataLoader<string, Broadcast | null>(async (ids) => {
      const found = await withRowScope(Session.system(), () => all.loadMany([...ids]));
      return found.map((broadcast) =>
        broadcast instanceof Broadcast && !isBroadcastOf(session, broadcast.organizationId) ? null : broadcast,
      );
    }),
  };
}
