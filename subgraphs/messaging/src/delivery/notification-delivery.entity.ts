import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition } from '@supergraph/subgraph-kit';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Channel } from '../notification/channel.ts';
import { NotificationType } from '../notification/notification-type.ts';
import type { VariableValues } from '../template/variable.schema.ts';

export enum DeliveryStatus {
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  SENT = 'SENT',
  FAILED = 'FAILED',
  BOUNCED = 'BOUNCED',
  SUPPRESSED = 'SUPPRESSED',
}

registerEnumType(DeliveryStatus, {
  name: 'NotificationDeliveryStatus',
  description: 'How far a notification has come on one channel.',
  valuesConfig: {
    QUEUED: { description: 'Waits for its turn, the end of quiet hours, or another attempt.' },
    SENDING: { description: 'Is being handed over.' },
    SENT: { description: 'The channel took it.' },
    FAILED: { description: 'The channel refused it for good, or did not take it in all attempts.' },
    BOUNCED: { description: 'The mail server does not accept mail for this address.' },
    SUPPRESSED: { description: 'Was not sent any more: expired, or not wanted, or nobody to send it to.' },
  },
});

/** What a message is written from when it is sent. */
export interface DeliveryContent {
  readonly variables: VariableValues;
  readonly link?: string | undefined;
  readonly locale: string;
  readonly timeZone: string;
  readonly name: string;
  /** E-mail only. */
  readonly address?: string | undefined;
}

/**
 * One notification on its way over one channel: `QUEUED → SENDING → SENT | BOUNCED | SUPPRESSED`, `SENDING → QUEUED`
 * for another attempt, `SENDING → FAILED`, and `FAILED → QUEUED` when an operator wants it tried again.
 */
@Directive('@authenticated')
@ObjectType({ description: 'One notification on its way over one channel.' })
@Directive('@key(fields: "id")')
@Entity()
export class NotificationDelivery {
  @Field(() => ID, { description: 'Identifies the delivery.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid', nullable: true })
  notificationId?: string | null;

  @Property({ type: 'text' })
  source!: string;

  @Property({ type: 'uuid', nullable: true })
  userId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Field(() => NotificationType, { description: 'What it is about.' })
  @Property({ type: 'text' })
  type!: NotificationType;

  @Field(() => Channel, { description: 'The way it takes.' })
  @Property({ type: 'text' })
  channel!: Channel;

  @Field(() => DeliveryStatus, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  status!: DeliveryStatus;

  @Field(() => Int, { description: 'How often it was tried.' })
  @Property({ type: 'smallint' })
  attempts = 0;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed, or none was made.' })
  @Property({ type: 'text', nullable: true })
  error?: string | null;

  @Property({ type: 'json', nullable: true })
  content?: DeliveryContent | null;

  @Property({ type: 'text', nullable: true })
  sealedToken?: string | null;

  @Property({ type: 'array', columnType: 'uuid[]' })
  reached: string[] = [];

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    description: 'Not sent before; later than `createdAt` when quiet hours held it back.',
  })
  @Property({ type: 'datetime' })
  dueAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the last attempt began.' })
  @Property({ type: 'datetime', nullable: true })
  claimedAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it came to its end.' })
  @Property({ type: 'datetime', nullable: true })
  finishedAt?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  expiresAt?: Date | null;

  markSent(now: Date): void {
    this.finish(DeliveryStatus.SENT, now);
    this.error = null;
  }

  /** @param error in our words: a server's answer may quote what was in the message */
  markBounced(error: string, now: Date): void {
    this.finish(DeliveryStatus.BOUNCED, now);
    this.error = error;
  }

  suppress(reason: string, now: Date): void {
    this.finish(DeliveryStatus.SUPPRESSED, now);
    this.error = reason;
  }

  /** Keeps what it was made of, for an operator who removes the cause and tries again. */
  markFailed(error: string, now: Date): void {
    this.leave(DeliveryStatus.FAILED);
    this.finishedAt = now;
    this.error = error;
  }

  /** Back into the queue after an attempt that may succeed another time. */
  postpone(error: string): void {
    this.leave(DeliveryStatus.QUEUED);
    this.error = error;
  }

  requeue(now: Date): void {
    if (this.status !== DeliveryStatus.FAILED) {
      throw illegalTransition('A delivery', this.status, DeliveryStatus.QUEUED);
    }
    this.status = DeliveryStatus.QUEUED;
    this.finishedAt = null;
    this.dueAt = now;
  }

  private finish(to: DeliveryStatus, now: Date): void {
    this.leave(to);
    this.finishedAt = now;
    this.content = null;
    this.sealedToken = null;
  }

  private leave(to: DeliveryStatus): void {
    if (this.status !== DeliveryStatus.SENDING) throw illegalTransition('A delivery', this.status, to);
    this.status = to;
  }
}
