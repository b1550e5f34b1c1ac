import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

export type RecipientStatus = 'ACTIVE' | 'SUSPENDED' | 'DELETED';

export interface RecipientProfile {
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

/**
 * What notifications need to know of a user of identity, kept up to date by its events.
 *
 * Events arrive in any order: each change says when it happened, and an older one changes nothing.
 */
@Entity()
export class Recipient {
  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'text', nullable: true })
  email?: string | null;

  @Property({ type: 'text' })
  name = '';

  @Property({ type: 'text' })
  locale = 'en';

  @Property({ type: 'text' })
  timeZone = 'UTC';

  @Property({ type: 'text' })
  status: RecipientStatus = 'ACTIVE';

  @Property({ type: 'datetime', nullable: true })
  profileAsOf?: Date | null;

  @Property({ type: 'datetime', nullable: true })
  statusAsOf?: Date | null;

  @Property({ type: new BigIntType('number') })
  lastSequence = 0;

  @Property({ type: 'datetime', nullable: true })
  emailBouncedAt?: Date | null;

  get isActive(): boolean {
    return this.status === 'ACTIVE';
  }

  learnProfile(profile: RecipientProfile, asOf: Date): void {
    if (this.status === 'DELETED' || (this.profileAsOf && this.profileAsOf > asOf)) return;
    // Another address deserves a fresh start.
    if (this.email !== profile.email) this.emailBouncedAt = null;
    this.email = profile.email;
    this.name = profile.name;
    this.locale = profile.locale;
    this.timeZone = profile.timeZone;
    this.profileAsOf = asOf;
  }

  learnStatus(status: 'ACTIVE' | 'SUSPENDED', asOf: Date): void {
    if (this.status === 'DELETED' || (this.statusAsOf && this.statusAsOf > asOf)) return;
    this.status = status;
    this.statusAsOf = asOf;
  }

  /** Nothing brings back who was deleted, however late an event comes. */
  erase(asOf: Date): void {
    this.status = 'DELETED';
    this.statusAsOf = asOf;
    this.email = null;
    this.name = '';
    this.locale = 'en';
    this.timeZone = 'UTC';
    this.emailBouncedAt = null;
  }

  /** The place of this person's next notification. Call it under a lock on the row. */
  takeSequence(): number {
    this.lastSequence += 1;
    return this.lastSequence;
  }

  recordBounce(now: Date): void {
    this.emailBouncedAt = now;
  }
}
