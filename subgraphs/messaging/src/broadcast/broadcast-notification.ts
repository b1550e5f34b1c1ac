import { badUserInput, idempotent, permit } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { asSystem } from '../elevation.ts';
import { countAudience } from './audience.ts';
import { Broadcast, BroadcastAudience, BroadcastState } from './broadcast.entity.ts';
import type { BroadcastNotificationInput } from './broadcast.inputs.ts';
import { mayBroadcastTo } from './broadcast.policy.ts';
import { scheduleChunk } from './run-broadcast.ts';

/** Starts telling many people something. Returns at once; the telling goes on in the background. */
export async function broadcastNotification(
  work: MessagingWork,
  { idempotencyKey: key, ...input }: BroadcastNotificationInput,
): Promise<Broadcast> {
  const { kind, role } = input.audience;
  permit(work.session, mayBroadcastTo(work.session, kind));
  if ((kind === BroadcastAudience.ROLE) !== Boolean(role)) {
    throw badUserInput([
      { path: 'input.audience.role', message: 'A role is given for an audience by role, and only then.' },
    ]);
  }
  const createdBy = work.session.requireUser();
  const organizationId = kind === BroadcastAudience.ALL ? null : work.session.requireOrganization();
  return asSystem(work, async () => {
    const id = await idempotent(work, { operation: 'broadcastNotification', key, input }, async () => {
      const audience = { audience: kind, organizationId, role: role ?? null };
      const broadcast = work.em.create(Broadcast, {
        ...audience,
        id: work.newId(),
        createdBy,
        title: input.title,
        body: input.body,
        link: input.link ?? null,
        state: BroadcastState.PENDING,
        notifiedCount: 0,
        skippedCount: 0,
        totalCount: await countAudience(work.em, audience),
        createdAt: work.now(),
      });
      scheduleChunk(work, broadcast);
      return broadcast.id;
    });
    await work.em.flush();
    return work.em.findOneOrFail(Broadcast, { id });
  });
}
