import { ArrayMaxSize, ArrayMinSize, IsOptional, Matches, ValidateNested } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';
import { DigestFrequency } from './notification-settings.entity.ts';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

@InputType({ description: 'A choice for one type on one channel.' })
export class NotificationPreferenceInput {
  @Field(() => NotificationType, { description: 'What the notification is about.' })
  type!: NotificationType;

  @Field(() => Channel, { description: 'The channel.' })
  channel!: Channel;

  @Field(() => Boolean, { description: 'Whether it is to come.' })
  enabled!: boolean;
}

@InputType({ description: 'The caller’s choices; what is not in here stays as it is.' })
export class UpdateNotificationPreferencesInput {
  @Field(() => [NotificationPreferenceInput], { description: '1 to 100 choices.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  preferences!: NotificationPreferenceInput[];
}

@InputType({ description: 'A part of the day.' })
export class QuietHoursInput {
  @Field(() => String, { description: 'When it begins, local time, `HH:MM`.' })
  @Matches(TIME_OF_DAY, { message: 'start must be a time of day, HH:MM' })
  start!: string;

  @Field(() => String, { description: 'When it ends, local time, `HH:MM`; before `start` it is on the next day.' })
  @Matches(TIME_OF_DAY, { message: 'end must be a time of day, HH:MM' })
  end!: string;
}

@InputType({ description: 'When mail and push messages are to wait.' })
export class UpdateQuietHoursInput {
  @Field(() => QuietHoursInput, { nullable: true, description: 'From when to when; null for never.' })
  @IsOptional()
  @ValidateNested()
  quietHours?: QuietHoursInput | null;
}

@InputType({ description: 'How often a mail is to sum up what was not read.' })
export class UpdateNotificationDigestInput {
  @Field(() => DigestFrequency, { description: 'How often.' })
  digest!: DigestFrequency;
}
