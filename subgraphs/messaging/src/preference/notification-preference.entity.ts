import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';

/** A person's choice for one type on one channel. What was never chosen follows the type's defaults and has no row. */
@Entity()
export class NotificationPreference {
  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  @PrimaryKey({ type: 'text' })
  type!: NotificationType;

  @PrimaryKey({ type: 'text' })
  channel!: Channel;

  @Property({ type: 'boolean' })
  enabled!: boolean;
}
