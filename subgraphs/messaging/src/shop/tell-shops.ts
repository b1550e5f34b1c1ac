import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import type { Message } from '../notification/message.ts';
import { notifyRecipients } from '../notification/notify-recipients.ts';
import { lockRecipients } from '../recipient/lock-recipients.ts';
import { findShopPeople } from './find-shop-people.ts';

export interface ShopMessage extends Omit<Message, 'cause'> {
  readonly organizationId: string;
  /** Tells apart what one event says to shops of one organization. */
  readonly part: string;
}

/** Tells the people of shops something, each shop its own part. The same event tells them once. */
export function tellShops(work: MessagingWork, event: EventEnvelope, messages: readonly ShopMessage[]): Promise<void> {
  return work.transaction(async () => {
    const people = await findShopPeople(
      work.em,
      messages.map(({ organizationId }) => organizationId),
    );
    // All of them first, in one order: two events about the same shops would wait for each other.
    await lockRecipients(work.em, [...new Set([...people.values()].flat())]);
    for (const { part, ...message } of messages) {
      const members = people.get(message.organizationId) ?? [];
      const cause = `${message.type}:${event.id}:${part}`;
      if (members.length > 0) await notifyRecipients(work, members, { ...message, cause });
    }
  });
}
