import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { ArrayMaxSize, ArrayMinSize, IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { GraphQLJSON } from 'graphql-scalars';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { IsLink } from '../is-link.ts';
import { Channel } from './channel.ts';
import { NotificationType } from './notification-type.ts';

@InputType({ description: 'Which notifications are wanted. What is left out does not narrow.' })
export class NotificationFilter {
  @Field(() => Boolean, { nullable: true, description: 'Only those that were not read yet.' })
  unreadOnly?: boolean | null;

  @Field(() => [NotificationType], { nullable: true, description: 'Only those about one of these.' })
  @IsOptional()
  @ArrayMaxSize(50)
  types?: NotificationType[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Those in the archive instead of those in the list.' })
  archived?: boolean | null;
}

@ArgsType()
export class NotificationListArguments extends ConnectionArguments {
  @Field(() => NotificationFilter, { nullable: true, description: 'Which ones are wanted.' })
  @IsOptional()
  @ValidateNested()
  filter?: NotificationFilter | null;
}

@InputType({ description: 'One of the caller’s notifications.' })
export class NotificationIdInput {
  @Field(() => ID, { description: 'Which one.' })
  @MaxLength(64)
  id!: string;
}

@InputType({ description: 'Some of the caller’s notifications.' })
export class NotificationIdsInput {
  @Field(() => [ID], { description: 'Which ones: 1 to 100.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @MaxLength(64, { each: true })
  ids!: string[];
}

@InputType({ description: 'What to tell whom.' })
export class SendNotificationInput {
  @Field(() => ID, { description: 'The user to be told: a member of the caller’s active organization.' })
  @MaxLength(64)
  recipientId!: string;

  @Field(() => NotificationType, { description: 'What it is about; types that only the product sends are refused.' })
  type!: NotificationType;

  @Field(() => GraphQLJSON, { description: 'The values of the type’s variables, by name; see `notificationTypes`.' })
  variables!: Record<string, unknown>;

  @Field(() => String, { nullable: true, description: 'Where it leads: a path in the app, or a URL.' })
  @IsOptional()
  @IsLink()
  link?: string | null;

  @Field(() => GraphQLJSON, { nullable: true, description: 'An object for the recipient’s client, at most 4 kB.' })
  data?: Record<string, unknown> | null;

  @Field(() => [Channel], { nullable: true, description: 'Not on other channels than these. All when left out.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  channels?: Channel[] | null;

  @Field(() => String, { description: 'Sending again under the same key sends nothing and gives the first result.' })
  @MaxLength(128)
  idempotencyKey!: string;
}
