import { LockMode } from '@mikro-orm/postgresql';
import type { MessagingWork } from '../context.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { nextOfAudience } from './audience.ts';
import { Broadcast, BroadcastState } from './broadcast.entity.ts';

export interface BroadcastChunk {
  readonly broadcastId: string;
  /** The last person that was done when this chunk was asked for. */
  readonly after: string | null;
}

export const RUN_BROADCAST = 'run-broadcast';

const CHUNK_SIZE = 200;

/**
 * Tells the next chunk of people, and asks for the one after it, in one transaction.
 *
 * A process that dies takes the chunk back with it, and it is done again from its start; a job that runs twice finds
 * that somebody has gone on already. So nobody is left out and nobody told twice.
 */
export async function runBroadcast(work: MessagingWork, { broadcastId, after }: BroadcastChunk): Promise<void> {
  await work.transaction(async () => {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
    const broadcast = await work.em.findOne(Broadcast, { id: broadcastId }, lock);
    if (!broadcast || broadcast.isOver || (broadcast.lastUserId ?? null) !== after) return;
    if (broadcast.state === BroadcastState.PENDING) broadcast.start(work.now());
    const userIds = await nextOfAudience(work.em, broadcast, CHUNK_SIZE);
    if (userIds.length > 0) await tell(work, broadcast, userIds);
    if (userIds.length < CHUNK_SIZE) broadcast.finish(work.now());
    else scheduleChunk(work, broadcast);
  });
}

async function tell(work: MessagingWork, broadcast: Broadcast, userIds: readonly string[]): Promise<void> {
  const notified = await notifyRecipients(work, userIds, {
    type: NotificationType.ANNOUNCEMENT,
    variables: { title: broadcast.title, body: broadcast.body },
    cause: `broadcast:${broadcast.id}`,
    organizationId: broadcast.organizationId ?? undefined,
    link: broadcast.link ?? undefined,
  });
  broadcast.advance(userIds.at(-1)!, notified.length, userIds.length - notified.length);
}

export function scheduleChunk(work: MessagingWork, { id, lastUserId }: Broadcast): void {
  const chunk: BroadcastChunk = { broadcastId: id, after: lastUserId ?? null };
  work.schedule({ name: RUN_BROADCAST, data: chunk, key: `${id}:${chunk.after}` });
}
