import type { JsonWebKey } from 'node:crypto';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** A key that signs access tokens. */
@Entity()
export class SigningKey {
  @PrimaryKey({ type: 'text' })
  kid!: string;

  @Property({ type: 'json' })
  publicJwk!: JsonWebKey;

  @Property({ type: 'text' })
  sealedPrivateKey!: string;

  @Property({ type: 'datetime' })
  createdAt!: Date;

  /** Published before it signs anything. */
  @Property({ type: 'datetime' })
  signsFrom!: Date;

  /** The end of its last token; known once there is a successor. */
  @Property({ type: 'datetime', nullable: true })
  verifiesUntil?: Date | null;
}
