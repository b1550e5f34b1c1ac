import { ConnectionArguments } from '@supergraph/subgraph-kit';
import { IsOptional, MaxLength, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { DeliveryStatus } from './notification-delivery.entity.ts';

@InputType({ description: 'Which deliveries are wanted. What is left out does not narrow.' })
export class NotificationDeliveryFilter {
  @Field(() => DeliveryStatus, { nullable: true, description: 'Only those that have come this far.' })
  status?: DeliveryStatus | null;

  @Field(() => Channel, { nullable: true, description: 'Only those on this channel.' })
  channel?: Channel | null;

  @Field(() => ID, { nullable: true, description: 'Only those to this user.' })
  @IsOptional()
  @MaxLength(64)
  userId?: string | null;
}

@ArgsType()
export class NotificationDeliveryArguments extends ConnectionArguments {
  @Field(() => NotificationDeliveryFilter, { nullable: true, description: 'Which ones are wanted.' })
  @IsOptional()
  @ValidateNested()
  filter?: NotificationDeliveryFilter | null;
}

@InputType({ description: 'A delivery that failed.' })
export class RetryNotificationDeliveryInput {
  @Field(() => ID, { description: 'Which one.' })
  @MaxLength(64)
  id!: string;
}
