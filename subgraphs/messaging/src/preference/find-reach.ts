import type { EntityManager } from '@mikro-orm/postgresql';
import { Channel } from '../notification/channel.ts';
import type { Reachability } from '../notification/choose-channels.ts';
import type { NotificationType } from '../notification/notification-type.ts';
import { PushSubscription } from '../push/push-subscription.entity.ts';
import type { Recipient } from '../recipient/recipient.entity.ts';
import { NotificationPreference } from './notification-preference.entity.ts';
import { NotificationSettings } from './notification-settings.entity.ts';
import type { QuietHours } from './quiet-hours.ts';

/** How somebody can be reached, and when not. */
export interface Reach extends Reachability {
  readonly quietHours: QuietHours | undefined;
}

/** Finds out for many people at once how a type reaches them. */
export async function findReach(
  em: EntityManager,
  recipients: readonly Recipient[],
  type: NotificationType,
): Promise<{ of(recipient: Recipient): Reach }> {
  const userId = { $in: recipients.map((recipient) => recipient.userId) };
  // One after the other: they share the transaction's connection.
  const preferences = Map.groupBy(await em.find(NotificationPreference, { userId, type }), (row) => row.userId);
  const settings = new Map((await em.find(NotificationSettings, { userId })).map((row) => [row.userId, row]));
  const subscriptions = await em.find(PushSubscription, { userId }, { fields: ['userId'] });
  const pushed = new Set(subscriptions.map((row) => row.userId));
  return {
    of: (recipient) => ({
      preferences: choicesOf(preferences.get(recipient.userId)),
      quietHours: settings.get(recipient.userId)?.quietHours,
      hasPushSubscription: pushed.has(recipient.userId),
      hasAddress: Boolean(recipient.email),
      addressBounced: Boolean(recipient.emailBouncedAt),
    }),
  };
}

function choicesOf(rows: readonly NotificationPreference[] = []): Map<Channel, boolean> {
  return new Map(rows.map((row) => [row.channel, row.enabled]));
}
