import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsOptional, Matches, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { GraphQLJSON } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';

export enum TemplateOwner {
  PLATFORM = 'PLATFORM',
  ORGANIZATION = 'ORGANIZATION',
}

registerEnumType(TemplateOwner, {
  name: 'NotificationTemplateOwner',
  description: 'In whose name a template speaks.',
  valuesConfig: {
    PLATFORM: { description: 'The platform’s, for everybody.' },
    ORGANIZATION: { description: 'The active organization’s, for what it sends.' },
  },
});

const LOCALE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

@InputType({ description: 'Which templates are wanted. What is left out does not narrow.' })
export class NotificationTemplateFilter {
  @Field(() => NotificationType, { nullable: true, description: 'Only those about this.' })
  type?: NotificationType | null;

  @Field(() => Channel, { nullable: true, description: 'Only those for this channel.' })
  channel?: Channel | null;

  @Field(() => String, { nullable: true, description: 'Only those in exactly this language.' })
  @IsOptional()
  @MaxLength(35)
  locale?: string | null;
}

@ArgsType()
export class NotificationTemplateArguments extends ConnectionArguments {
  @Field(() => NotificationTemplateFilter, { nullable: true, description: 'Which ones are wanted.' })
  @IsOptional()
  @ValidateNested()
  filter?: NotificationTemplateFilter | null;
}

@InputType({ description: 'What a template is made of.' })
export class TemplateWordsInput {
  @Field(() => String, { description: 'Handlebars: the subject of a mail, otherwise the title.' })
  @MinLength(1)
  @MaxLength(300)
  subject!: string;

  @Field(() => String, { description: 'Handlebars: plain text.' })
  @MinLength(1)
  @MaxLength(20_000)
  text!: string;

  @Field(() => String, { nullable: true, description: 'Handlebars: the HTML part. For mail, and only for mail.' })
  @IsOptional()
  @MinLength(1)
  @MaxLength(50_000)
  html?: string | null;
}

@InputType({ description: 'A new template.' })
export class CreateNotificationTemplateInput extends TemplateWordsInput {
  @Field(() => TemplateOwner, { description: 'In whose name it speaks.' })
  owner!: TemplateOwner;

  @Field(() => NotificationType, { description: 'What the notification is about.' })
  type!: NotificationType;

  @Field(() => Channel, { description: 'The channel it is written for.' })
  channel!: Channel;

  @Field(() => String, { description: 'A language tag, for example `en` or `de-CH`.' })
  @Matches(LOCALE, { message: 'locale must be a language tag, for example en or de-CH' })
  @MaxLength(35)
  locale!: string;
}

@InputType({ description: 'New words for a template.' })
export class UpdateNotificationTemplateInput extends TemplateWordsInput {
  @Field(() => ID, { description: 'Which one.' })
  @MaxLength(64)
  id!: string;

  @Field(() => Int, { description: 'The version that was read.' })
  version!: number;
}

@InputType({ description: 'A template that is not needed any more.' })
export class DeleteNotificationTemplateInput {
  @Field(() => ID, { description: 'Which one.' })
  @MaxLength(64)
  id!: string;
}

@InputType({ description: 'A template to try out.' })
export class PreviewNotificationTemplateInput extends TemplateWordsInput {
  @Field(() => NotificationType, { description: 'What the notification is about.' })
  type!: NotificationType;

  @Field(() => Channel, { description: 'The channel it is written for.' })
  channel!: Channel;

  @Field(() => GraphQLJSON, { description: 'The values of the type’s variables, by name.' })
  variables!: Record<string, unknown>;

  @Field(() => String, { nullable: true, description: 'How dates and amounts are written; `en` when left out.' })
  @IsOptional()
  @Matches(LOCALE, { message: 'locale must be a language tag, for example en or de-CH' })
  locale?: string | null;
}
