import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** The key pair push services know us by, when none was configured. There is one row. */
@Entity()
export class VapidKey {
  @PrimaryKey({ type: 'smallint' })
  id!: number;

  @Property({ type: 'text' })
  publicKey!: string;

  @Property({ type: 'text' })
  sealedPrivateKey!: string;

  @Property({ type: 'datetime' })
  createdAt!: Date;
}
