import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/**
 * How long a token that was exchanged already is taken once more, in milliseconds: two tabs that wake up together both
 * send the one they know. After that, a second use means that somebody has a copy.
 */
export const REUSE_GRACE_MS = 10_000;

/** The right to one new access token. All of one session are a family: they fall together. */
@Entity()
export class RefreshToken {
  @PrimaryKey({ type: 'text' })
  hash!: string;

  @Property({ type: 'uuid' })
  sessionId!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  usedAt?: Date | null;

  judge(now: Date): 'good' | 'expired' | 'reused' {
    if (this.usedAt && now.getTime() - this.usedAt.getTime() > REUSE_GRACE_MS) return 'reused';
    return this.expiresAt.getTime() > now.getTime() ? 'good' : 'expired';
  }
}
