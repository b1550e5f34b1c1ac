import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What a one-time token is good for. */
export enum TokenPurpose {
  VerifyEmail = 'VERIFY_EMAIL',
  ResetPassword = 'RESET_PASSWORD',
  ChangeEmail = 'CHANGE_EMAIL',
  /** The password was right; a code of the second factor is still missing. */
  SecondFactor = 'SECOND_FACTOR',
}

@Entity()
export class OneTimeToken {
  @PrimaryKey({ type: 'text' })
  hash!: string;

  @Property({ type: 'uuid' })
  userId!: string;

  @Property({ type: 'text' })
  purpose!: TokenPurpose;

  /** The e-mail address it is about, for the two purposes that have one. */
  @Property({ type: 'text', nullable: true })
  subject?: string | null;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  @Property({ type: 'datetime' })
  expiresAt!: Date;

  @Property({ type: 'datetime', nullable: true })
  usedAt?: Date | null;
}
