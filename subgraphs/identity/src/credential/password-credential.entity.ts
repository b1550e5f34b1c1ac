import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What is kept of a password. Apart from the user, so that nothing that reads users ever carries it along. */
@Entity()
export class PasswordCredential {
  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  /** Argon2id, in PHC format. */
  @Property({ type: 'text' })
  hash!: string;

  @Property({ type: 'datetime' })
  changedAt!: Date;
}
