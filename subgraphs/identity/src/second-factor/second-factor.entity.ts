import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** An authenticator app, as one person has it. */
@Entity()
export class SecondFactor {
  @PrimaryKey({ type: 'uuid' })
  userId!: string;

  /** What the app and we share; sealed, because whoever reads it can make codes. */
  @Property({ type: 'text' })
  sealedSecret!: string;

  /** When a first code has shown that the app has the secret. Until then nobody is asked for codes. */
  @Property({ type: 'datetime', nullable: true })
  confirmedAt?: Date | null;

  /** The time step of the last code that was taken: none counts twice, and none from before. */
  @Property({ type: 'integer' })
  lastStep: number = 0;

  @Property({ type: 'datetime' })
  createdAt!: Date;
}
