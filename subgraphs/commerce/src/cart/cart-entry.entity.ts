import { BigIntType } from '@mikro-orm/postgresql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

export const MAX_QUANTITY = 999;

/** So much of one variant in a cart. What the graph shows of it is a `CartItem`, with what it costs now. */
@Entity({ tableName: 'cart_item' })
export class CartEntry {
  @PrimaryKey({ type: 'uuid' })
  id!: string;

  @Property({ type: 'uuid' })
  cartId!: string;

  @Property({ type: 'uuid' })
  variantId!: string;

  @Property({ type: 'uuid' })
  shopId!: string;

  @Property({ type: 'integer' })
  quantity!: number;

  @Property({ type: new BigIntType('number') })
  agreedPrice!: number;

  @Property({ type: 'datetime' })
  addedAt!: Date;
}
