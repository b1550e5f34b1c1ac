import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { GraphQLDateTime } from 'graphql-scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { LedgerAccount, LedgerKind } from './ledger-account.ts';

@Directive('@authenticated')
@ObjectType({ description: 'One line of the books. Never changes.' })
@Entity()
export class LedgerEntry {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  transactionId!: string;

  @Field(() => LedgerKind, { description: 'What moved the money.' })
  @Property({ type: 'text' })
  kind!: LedgerKind;

  @Field(() => LedgerAccount, { description: 'Whose it is.' })
  @Property({ type: 'text' })
  account!: LedgerAccount;

  @Property({ type: 'uuid', nullable: true })
  shopId?: string | null;

  @Property({ type: 'uuid', nullable: true })
  organizationId?: string | null;

  @Property({ type: 'text' })
  currency!: string;

  /** Positive is what is owed to whom the account is for. */
  @Property({ type: new BigIntType('number') })
  amount!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was posted.' })
  @Property({ type: 'datetime' })
  occurredAt!: Date;
}
