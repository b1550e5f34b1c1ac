import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { illegalTransition, OrganizationOwned } from '@supergraph/subgraph-kit';
import { GraphQLDateTime, GraphQLEmailAddress } from 'graphql-scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { OrganizationRole } from '../role/organization-role.ts';
import { InvitationStatus } from './invitation-status.ts';

/** How long a mailed invitation can be answered, in milliseconds. */
const LIFETIME_MS = 7 * 24 * 60 * 60_000;

@Directive('@key(fields: "id")')
@Directive('@authenticated')
@ObjectType({
  description: 'That somebody is asked to join an organization. For those who may invite, and for the invited person.',
})
@OrganizationOwned()
@Entity()
export class Invitation {
  @Field(() => ID, { description: 'Never changes.' })
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  organizationId!: string;

  @Field(() => GraphQLEmailAddress, { description: 'Whose address it was mailed to. Only its owner can accept.' })
  @Property({ type: 'text' })
  email!: string;

  @Field(() => OrganizationRole, { description: 'What they will be.' })
  @Property({ type: 'text' })
  role!: OrganizationRole;

  @Field(() => InvitationStatus, { description: 'What became of it.' })
  @Property({ type: 'text' })
  status!: InvitationStatus;

  @Property({ type: 'text' })
  tokenHash!: string;

  @Property({ type: 'uuid' })
  inviterId!: string;

  @Field(() => Boolean, { description: 'Whether the invited person said no.' })
  @Property({ type: 'boolean' })
  declined: boolean = false;

  @Property({ type: 'uuid', nullable: true })
  acceptedBy?: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was first sent.' })
  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last sent.' })
  @Property({ type: 'datetime' })
  sentAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'Until when it can be answered, if it is not sent again.' })
  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  endedAt?: Date | null;

  isOpen(now: Date): boolean {
    return this.status === InvitationStatus.PENDING && this.expiresAt.getTime() > now.getTime();
  }

  /** A new mail with a new token; the one before is worth nothing any more. */
  send(tokenHash: string, now: Date): void {
    if (this.status !== InvitationStatus.PENDING) {
      throw illegalTransition('Invitation', this.status, InvitationStatus.PENDING);
    }
    this.tokenHash = tokenHash;
    this.sentAt = now;
    this.expiresAt = new Date(now.getTime() + LIFETIME_MS);
  }

  accept(userId: string, now: Date): void {
    this.end(InvitationStatus.ACCEPTED, now);
    this.acceptedBy = userId;
  }

  revoke(now: Date): void {
    this.end(InvitationStatus.REVOKED, now);
  }

  decline(now: Date): void {
    this.end(InvitationStatus.REVOKED, now);
    this.declined = true;
  }

  expire(now: Date): void {
    this.end(InvitationStatus.EXPIRED, now);
  }

  private end(to: InvitationStatus, now: Date): void {
    if (this.status !== InvitationStatus.PENDING) throw illegalTransition('Invitation', this.status, to);
    this.status = to;
    this.endedAt = now;
  }
}
