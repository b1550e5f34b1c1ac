import type { MessagingWork } from '../context.ts';
import { isEnabled, isMandatory } from '../notification/choose-channels.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { TYPE_RULES } from '../notification/type-catalogue.ts';
import { Recipient } from '../recipient/recipient.entity.ts';
import { DigestFrequency, NotificationSettings } from './notification-settings.entity.ts';
import { NotificationPreference } from './notification-preference.entity.ts';
import type { SettingsView } from './preference.types.ts';

/** How the caller wants to be told: every choice there is, with what was chosen or else the default. */
export async function readSettings(work: MessagingWork, _input: undefined): Promise<SettingsView> {
  const userId = work.session.requirePerson();
  const chosen = await work.em.find(NotificationPreference, { userId });
  const settings = await work.em.findOne(NotificationSettings, { userId });
  const recipient = await work.em.findOne(Recipient, { userId });
  const choices = new Map(chosen.map((choice) => [`${choice.type} ${choice.channel}`, choice.enabled]));
  return {
    preferences: Object.values(NotificationType).flatMap((type) =>
      TYPE_RULES[type].channels.map((channel) => ({
        type,
        channel,
        enabled: isEnabled(type, channel, choices.get(`${type} ${channel}`)),
        mandatory: isMandatory(type, channel),
      })),
    ),
    quietHours: settings?.quietHours ?? null,
    digest: settings?.digest ?? DigestFrequency.WEEKLY,
    timeZone: recipient?.timeZone ?? 'UTC',
  };
}
