import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Shopper } from './cart.story.ts';
import { Buyer } from './checkout.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;

beforeAll(async () => {
  graph = await startCommerce();
  market = await openMarket(graph);
});

afterAll(() => graph.stop());

const person = () => ({ sub: randomUUID(), org: randomUUID(), scope: '' });
const codesOf = (errors: readonly { extensions: { code: string } }[]) =>
  errors.map(({ extensions }) => extensions.code);

describe('a guest', () => {
  test('gets a token with the first item, and the cart with the token', async () => {
    const { variantId } = await putOnOffer(graph, market, 500);
    const guest = new Shopper(graph);
    await guest.change('addToCart', { variantId, quantity: 1 });
    expect(guest.token).toHaveLength(43);
    await guest.change('addToCart', { variantId, quantity: 1 });
    expect((await guest.cart()).items).toMatchObject([{ quantity: 2 }]);
    expect(await new Shopper(graph).cart()).toBeNull();
    const guesser = new Shopper(graph);
    guesser.token = 'x'.repeat(43);
    expect(await guesser.cart()).toBeNull();
    expect(codesOf(await guesser.refused('changeCartItem', { variantId, quantity: 9 }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await guesser.refused('addToCart', { variantId, quantity: 9 }))).toEqual(['NOT_FOUND']);
  });

  test('whose cart is known by its id does not show it to anybody', async () => {
    const { variantId } = await putOnOffer(graph, market, 500);
    const guest = new Shopper(graph);
    const { id } = await guest.change('addToCart', { variantId, quantity: 1 });
    expect(await graph.entities('Cart', [id], 'id', person())).toEqual([null]);
    expect(await graph.entities('Cart', [id], 'id')).toEqual([null]);
  });

  test('signs in and has it all in one cart, once', async () => {
    const [both, mine] = [await putOnOffer(graph, market, 500), await putOnOffer(graph, market, 900)];
    const guest = new Shopper(graph);
    await guest.change('addToCart', { variantId: both.variantId, quantity: 600 });
    const shopper = new Shopper(graph, person());
    await shopper.change('addToCart', { variantId: mine.variantId, quantity: 1 });
    await shopper.change('addToCart', { variantId: both.variantId, quantity: 600 });
    const refusals = await Promise.all(
      Array.from({ length: 5 }, () => shopper.refused('mergeGuestCart', { token: guest.token })),
    );
    expect(codesOf(refusals.flat())).toEqual(Array.from({ length: 4 }, () => 'NOT_FOUND'));
    expect((await shopper.cart()).items).toMatchObject([
      { variantId: mine.variantId, quantity: 1 },
      { variantId: both.variantId, quantity: 999 },
    ]);
    expect(await guest.cart()).toBeNull();
  });

  test('costs as many statements with 12 things picked as with 2', async () => {
    const merge = async (count: number) => {
      const guest = new Shopper(graph);
      for (let index = 0; index < count; index += 1) {
        const { variantId } = await putOnOffer(graph, market, 500);
        await guest.change('addToCart', { variantId, quantity: 1 });
      }
      const shopper = new Shopper(graph, person());
      return graph.sql.during(() => shopper.change('mergeGuestCart', { token: guest.token }));
    };
    expect(await merge(12)).toBe(await merge(2));
  });

  test('keeps a cart in another currency than that of their own', async () => {
    const dinars = await openMarket(graph, { currency: 'KWD' });
    const [oud, green] = [await putOnOffer(graph, dinars, 12_345), await putOnOffer(graph, market, 500)];
    const guest = new Shopper(graph);
    await guest.change('addToCart', { variantId: oud.variantId, quantity: 1 });
    const shopper = new Shopper(graph, person());
    await shopper.change('addToCart', { variantId: green.variantId, quantity: 1 });
    expect(codesOf(await shopper.refused('mergeGuestCart', { token: guest.token }))).toEqual(['BAD_USER_INPUT']);
    expect((await guest.cart()).items).toHaveLength(1);
    expect((await shopper.cart()).items).toHaveLength(1);
  });
});

describe('somebody else', () => {
  test('does not see what a person is about to buy', async () => {
    const { variantId } = await putOnOffer(graph, market, 500);
    const [owner, stranger] = [person(), person()];
    const { id } = await new Shopper(graph, owner).change('addToCart', { variantId, quantity: 1 });
    const cartOf = (as: object) =>
      graph.query(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { cart { id } } } }',
        as as ReturnType<typeof person>,
        { r: [{ __typename: 'User', id: owner.sub }] },
      );
    expect((await cartOf(owner)).data['_entities']).toEqual([{ cart: { id } }]);
    expect(codesOf((await cartOf(stranger)).errors)).toEqual(['FORBIDDEN']);
    expect(codesOf((await cartOf({ ...owner, sid: undefined })).errors)).toEqual(['FORBIDDEN']);
    expect(await graph.entities('Cart', [id], 'id', stranger)).toEqual([null]);
    expect(await graph.entities('Cart', [id], 'id', owner)).toEqual([{ id }]);
  });
});

describe('a cart nobody comes back to', () => {
  const notice = async () => {
    await graph.runtime.asSystem(async (work) =>
      work.schedule({ name: 'notice-abandoned-carts', data: {}, key: randomUUID() }),
    );
    await graph.runJobs();
  };

  test('is told of once, a day later, and again only after somebody did', async () => {
    const { variantId } = await putOnOffer(graph, market, 500);
    const as = person();
    const shopper = new Shopper(graph, as);
    const { id } = await shopper.change('addToCart', { variantId, quantity: 2 });
    const told = async () => (await graph.eventsOf('cart.abandoned')).filter(({ cartId }) => cartId === id);
    await notice();
    expect(await told()).toEqual([]);
    graph.clock.advance({ hours: 25 });
    await notice();
    await notice();
    expect(await told()).toEqual([{ cartId: id, userId: as.sub, currency: 'CHF', itemCount: 1 }]);
    await shopper.change('changeCartItem', { variantId, quantity: 3 });
    graph.clock.advance({ hours: 25 });
    await notice();
    expect(await told()).toHaveLength(2);
  });

  test('is forgotten after a month when it was a guest’s', async () => {
    const { variantId } = await putOnOffer(graph, market, 500);
    const [guest, member] = [new Shopper(graph), new Shopper(graph, person())];
    for (const shopper of [guest, member]) await shopper.change('addToCart', { variantId, quantity: 1 });
    graph.clock.advance({ days: 31 });
    await notice();
    expect(await guest.cart()).toBeNull();
    expect((await member.cart()).items).toHaveLength(1);
  });

  test('is kept when something was bought with it, or nearly: its token shows the order', async () => {
    const offer = await putOnOffer(graph, market, 500);
    const [paid, declined, idle] = [new Buyer(graph, null), new Buyer(graph, null), new Buyer(graph, null)];
    for (const guest of [paid, declined, idle]) await guest.pick([offer, 1]);
    const { order } = await paid.buy();
    await declined.buy({ paymentMethod: 'test_decline' });
    graph.clock.advance({ days: 31 });
    await notice();
    expect((await paid.order(order.id)).state).toBe('PLACED');
    expect((await declined.cart()).items).toHaveLength(1);
    expect(await idle.cart()).toBeNull();
  });
});
