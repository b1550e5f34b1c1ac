import { Directive, Field, ObjectType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { DigestFrequency } from './notification-settings.entity.ts';

@ObjectType('NotificationPreference', { description: 'Whether one type of notification comes on one channel.' })
export class PreferenceEntry {
  @Field(() => NotificationType, { description: 'What the notification is about.' })
  type!: NotificationType;

  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;

  @Field(() => Boolean, { description: 'Whether it comes.' })
  enabled!: boolean;

  @Field(() => Boolean, { description: 'Whether it cannot be turned off, because it keeps the account safe.' })
  mandatory!: boolean;
}

@ObjectType('QuietHours', {
  description: 'When mail and push messages wait. Those about the safety of the account do not.',
})
export class QuietHoursWindow {
  @Field(() => String, { description: 'When they begin, local time, `HH:MM`.' })
  start!: string;

  @Field(() => String, { description: 'When they end, local time, `HH:MM`; before `start` it is on the next day.' })
  end!: string;
}

@Directive('@policy(policies: [["person"]])')
@ObjectType('NotificationSettings', { description: 'How somebody wants to be told.' })
export class SettingsView {
  @Field(() => [PreferenceEntry], { description: 'Every type on every channel that it can come on.' })
  @Directive('@listSize(assumedSize: 120)')
  preferences!: PreferenceEntry[];

  @Field(() => QuietHoursWindow, { nullable: true, description: 'When mail and push messages wait; null for never.' })
  quietHours!: QuietHoursWindow | null;

  @Field(() => DigestFrequency, { description: 'How often a mail sums up what was not read.' })
  digest!: DigestFrequency;

  @Field(() => String, {
    description: 'The time zone that quiet hours and summaries go by, for example `Europe/Zurich`.',
  })
  timeZone!: string;
}
