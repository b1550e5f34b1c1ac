import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A way in for whoever has lost their authenticator app, good for one sign-in. */
@Entity()
export class RecoveryCode {
  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  @PrimaryKey({ type: 'text' })
  hash!: string;

  @Property({ type: 'datetime', nullable: true })
  usedAt?: Date | null;
}
