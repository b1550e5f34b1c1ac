import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum AvailabilityStatus {
  IN_STOCK = 'IN_STOCK',
  LOW = 'LOW',
  SOLD_OUT = 'SOLD_OUT',
}

registerEnumType(AvailabilityStatus, {
  name: 'AvailabilityStatus',
  description: 'Whether something can be bought.',
  valuesConfig: {
    IN_STOCK: { description: 'There is enough.' },
    LOW: { description: 'There is little left.' },
    SOLD_OUT: { description: 'There is nothing left, as far as others do not give up what is held for them.' },
  },
});

/** A shop's numbers are its own: nobody learns from here how much it sells. */
const COUNTED_UP_TO = 10;

@ObjectType({ description: 'What buyers may know of the stock of a variant.' })
export class VariantAvailability {
  @Field(() => AvailabilityStatus, { description: 'Whether it can be bought.' })
  readonly status: AvailabilityStatus;

  @Field(() => Int, { description: 'How many can be bought, counted up to 10: from there on it is 10.' })
  readonly quantity: number;

  constructor({ available, low }: { readonly available: number; readonly low: boolean }) {
    this.quantity = Math.min(available, COUNTED_UP_TO);
    if (available === 0) this.status = AvailabilityStatus.SOLD_OUT;
    else this.status = low ? AvailabilityStatus.LOW : AvailabilityStatus.IN_STOCK;
  }
}
