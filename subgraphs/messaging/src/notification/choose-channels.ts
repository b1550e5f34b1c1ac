import { Channel } from './channel.ts';
import { NotificationType } from './notification-type.ts';
import { TYPE_RULES } from './type-catalogue.ts';

export interface Reachability {
  /** What the person chose, where they chose. */
  readonly preferences: ReadonlyMap<Channel, boolean>;
  readonly hasPushSubscription: boolean;
  readonly hasAddress: boolean;
  /** Their mail server refused the address for good. */
  readonly addressBounced: boolean;
}

/** Whether a person's choice counts for nothing here: mail about the safety of the account always goes out. */
export function isMandatory(type: NotificationType, channel: Channel): boolean {
  return channel === Channel.EMAIL && TYPE_RULES[type].security;
}

/** Whether a channel is used for a type by somebody who made this choice, or none. */
export function isEnabled(type: NotificationType, channel: Channel, choice: boolean | undefined): boolean {
  const { channels, optIn } = TYPE_RULES[type];
  if (!channels.includes(channel)) return false;
  return isMandatory(type, channel) || (choice ?? !optIn.includes(channel));
}

/** The channels on which somebody gets to hear of something. `requested` narrows them; absent: all that there are. */
export function chooseChannels(
  type: NotificationType,
  { preferences, ...reach }: Reachability,
  requested: readonly Channel[] = Object.values(Channel),
): Channel[] {
  return requested.filter((channel) => {
    if (!isEnabled(type, channel, preferences.get(channel))) return false;
    if (channel === Channel.WEB_PUSH) return reach.hasPushSubscription;
    if (channel === Channel.EMAIL) return reach.hasAddress && (!reach.addressBounced || isMandatory(type, channel));
    return true;
  });
}
