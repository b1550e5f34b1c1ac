import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Channel } from './channel.ts';
import { Notification } from './notification.entity.ts';

@Directive('@policy(policies: [["person"]])')
@ObjectType({ description: 'Notifications that were changed, and what that did to the count.' })
export class NotificationsChanged {
  @Field(() => [Notification], { description: 'As they are now, in the order of the input.' })
  @Directive('@listSize(assumedSize: 100)')
  notifications!: Notification[];

  @Field(() => Int, { description: 'How many in the list are unread now.' })
  unreadNotificationCount!: number;
}

@Directive('@policy(policies: [["person"]])')
@ObjectType({ description: 'What came of reading everything.' })
export class AllNotificationsRead {
  @Field(() => Int, { description: 'How many were unread.' })
  markedCount!: number;

  @Field(() => Int, { description: 'How many in the list are unread now.' })
  unreadNotificationCount!: number;
}

@Directive('@requiresScopes(scopes: [["messaging:notify"]])')
@ObjectType({ description: 'What became of a notification that was sent. Its text is the recipient’s alone to read.' })
export class SentNotification {
  @Field(() => ID, { nullable: true, description: 'Null when the recipient does not take this type in the app.' })
  notificationId!: string | null;

  @Field(() => [Channel], { description: 'Where it goes out; empty when the recipient wants it on no channel.' })
  channels!: Channel[];
}
