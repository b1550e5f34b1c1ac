import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { SessionEnd } from './session-end.ts';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A device on which somebody is signed in. Visible to nobody but that person.' })
@Entity()
export class AuthSession {
  @Field(() => ID, { description: 'Never changes; the `sid` of its access tokens.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  /** The organization the person acts for; without one, their personal organization. */
  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  /** The member of staff who works in the user's name. */
  @Property({ type: 'uuid', nullable: true })
  impersonatorId?: string | null;

  @Field(() => String, { description: 'Browser and system as far as they can be told, e.g. `Firefox on Linux`.' })
  @Property({ type: 'text' })
  device!: string;

  @Field(() => String, { nullable: true, description: 'The network address the person signed in from.' })
  @Property({ type: 'text', nullable: true })
  address?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When the person signed in.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When the session last asked for a new access token.' })
  @Property({ type: 'datetime' })
  lastUsedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When the person has to sign in again, however busy they are.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  revokedAt?: Date | null;

  @Property({ type: 'text', nullable: true })
  revokedReason?: SessionEnd | null;

  isLive(now: Date): boolean {
    return !this.revokedAt && this.expiresAt.getTime() > now.getTime();
  }

  /** Ends the session; what it has ended for first stays. */
  revoke(reason: SessionEnd, now: Date): void {
    this.revokedAt ??= now;
    this.revokedReason ??= reason;
  }
}
