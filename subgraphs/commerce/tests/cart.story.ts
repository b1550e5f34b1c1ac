import type { TestClaims } from '@supergraph/testkit';
import type { TestCommerce } from './story.ts';

const MONEY = '{ amount currency }';
const TOTALS = `{ subtotal ${MONEY} discount ${MONEY} tax ${MONEY} total ${MONEY} }`;
const CART = `{
  id
  items { id variantId title shopName quantity unitPrice ${MONEY} agreedUnitPrice ${MONEY} total ${MONEY} }
  shops { shopName totals ${TOTALS} }
  totals ${TOTALS}
  promotions { code counts }
  problems { kind message itemId }
}`;

const MUTATIONS = {
  addToCart: 'CartItemInput',
  changeCartItem: 'CartItemInput',
  removeFromCart: 'RemoveFromCartInput',
  acceptCartPrices: 'AcceptCartPricesInput',
  applyPromotion: 'PromotionCodeInput',
  removePromotion: 'PromotionCodeInput',
  mergeGuestCart: 'MergeGuestCartInput',
} as const;

type Change = keyof typeof MUTATIONS;

const documentOf = (name: Change) =>
  `mutation ($input: ${MUTATIONS[name]}!) { ${name}(input: $input) { token cart ${CART} } }`;

/** Somebody who shops: signed in, or a guest with the token of their first item. */
export class Shopper {
  token: string | undefined;

  constructor(
    private readonly graph: TestCommerce,
    readonly as?: TestClaims,
  ) {}

  /** Changes the cart. @returns as it is then */
  async change(name: Change, input: object): Promise<any> {
    // What is added at one moment has no order.
    this.graph.clock.advance({ milliseconds: 1 });
    const data = await this.graph.data(documentOf(name), this.as, { input: { token: this.#held(name), ...input } });
    this.token ??= data[name].token ?? undefined;
    return data[name].cart;
  }

  /** What a change is refused with. */
  async refused(name: Change, input: object) {
    const { errors } = await this.graph.query(documentOf(name), this.as, {
      input: { token: this.#held(name), ...input },
    });
    return errors;
  }

  async cart(): Promise<any> {
    const document = `query ($token: String) { cart(token: $token) ${CART} }`;
    return (await this.graph.data(document, this.as, { token: this.token }))['cart'];
  }

  #held(name: Change): string | undefined {
    return name === 'mergeGuestCart' ? undefined : this.token;
  }
}
