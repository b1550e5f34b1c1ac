import type { JobRun } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';
import { claimDelivery } from '../delivery/claim-delivery.ts';
import type { NotificationDelivery } from '../delivery/notification-delivery.entity.ts';
import { Channel } from '../notification/channel.ts';
import { TemplateShelf } from '../template/template.shelf.ts';
import { PushSubscription } from './push-subscription.entity.ts';
import type { PushOutcome } from './web-push.channel.ts';

/** Attempts after the first: with doubling pauses, about an hour. A push message is of little use later. */
export const PUSH_RETRY_LIMIT = 12;

/** A browser's service did not take it this time. */
class PushNotAccepted extends Error {
  override readonly name = 'PushNotAccepted';
}

/** Pushes to all of a person's browsers that do not have the message yet, and forgets those that have unsubscribed. */
export async function deliverPush(
  work: MessagingWork,
  { deliveryId }: { deliveryId: string },
  run: JobRun,
): Promise<void> {
  const delivery = await claimDelivery(work, deliveryId);
  if (!delivery) return;
  const all = await work.em.find(PushSubscription, { userId: delivery.userId! });
  const waiting = all.filter((subscription) => !delivery.reached.includes(subscription.id));
  const payload = await writePayload(work, delivery);
  const outcomes = await Promise.all(
    waiting.map(async (subscription) => ({
      subscription,
      outcome: await work.services.webPush.push(subscription, payload),
    })),
  );
  const those = (wanted: PushOutcome) => outcomes.filter(({ outcome }) => outcome === wanted);
  for (const { subscription } of those('gone')) work.em.remove(subscription);
  delivery.reached = [...delivery.reached, ...those('accepted').map(({ subscription }) => subscription.id)];
  const postponed = those('temporary').length > 0 && run.attempt <= PUSH_RETRY_LIMIT;
  await work.transaction(async () => {
    if (postponed) delivery.postpone('A push service cannot be reached.');
    else conclude(work, delivery, those('gone').length === waiting.length);
  });
  if (postponed) throw new PushNotAccepted('A push service cannot be reached.');
}

function conclude(work: MessagingWork, delivery: NotificationDelivery, nobodyLeft: boolean): void {
  const { notificationId, userId, type, organizationId } = delivery;
  if (delivery.reached.length > 0) {
    delivery.markSent(work.now());
    work.publish(
      'notification.sent',
      { notificationId: notificationId ?? undefined, userId: userId ?? undefined, type, channel: Channel.WEB_PUSH },
      { organizationId: organizationId ?? undefined },
    );
  } else if (nobodyLeft) {
    delivery.suppress('No browser is registered any more.', work.now());
  } else {
    delivery.markFailed('The push services refused it.', work.now());
  }
}

async function writePayload(work: MessagingWork, delivery: NotificationDelivery): Promise<string> {
  const content = delivery.content!;
  const shelf = await TemplateShelf.open(work, delivery, [content.locale]);
  const link = content.link && work.services.links.absolute(content.link);
  const { subject, text } = shelf.render(Channel.WEB_PUSH, content, content.variables, link);
  // Push services take 4 kB of cipher text.
  return JSON.stringify({
    notificationId: delivery.notificationId,
    type: delivery.type,
    title: subject.slice(0, 200),
    body: text.slice(0, 500),
    link,
    // Browsers show one message per tag: one that comes twice is seen once.
    tag: delivery.id,
  });
}
