import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Shopper } from './cart.story.ts';
import { type Market, openMarket, putOnOffer } from './offer.story.ts';
import { seller, staff, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let market: Market;

const CREATE = 'mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) { id code } }';
const END = 'mutation ($input: EndPromotionInput!) { endPromotion(input: $input) { id endsAt } }';

beforeAll(async () => {
  graph = await startCommerce();
  market = await openMarket(graph);
});

afterAll(() => graph.stop());

const shopper = () => new Shopper(graph, { sub: randomUUID(), org: randomUUID(), scope: '' });
const code = () => `CODE-${randomUUID().slice(0, 8).toUpperCase()}`;
const promotion = (input: object = {}) => ({
  shopId: market.shopId,
  code: code(),
  description: 'A tenth off',
  rate: 1_000,
  currency: 'CHF',
  ...input,
});
const create = async (input: object, as = market.owner as ReturnType<typeof staff>) =>
  (await graph.data(CREATE, as, { input }))['createPromotion'];

test('A tenth off is a tenth off, until it ends', async () => {
  const { variantId } = await putOnOffer(graph, market, 1_999);
  const input = promotion();
  const { id } = await create(input);
  const buyer = shopper();
  await buyer.change('addToCart', { variantId, quantity: 1 });
  const cart = await buyer.change('applyPromotion', { code: input.code.toLowerCase() });
  expect(cart.promotions).toEqual([{ code: input.code, counts: true }]);
  expect(cart.totals).toMatchObject({ discount: { amount: 200 }, total: { amount: 1_799 } });
  await graph.data(END, market.owner, { input: { id } });
  expect(await buyer.cart()).toMatchObject({
    promotions: [{ counts: false }],
    totals: { discount: { amount: 0 }, total: { amount: 1_999 } },
  });
  expect((await buyer.change('removePromotion', { code: input.code })).promotions).toEqual([]);
  expect(await graph.codes(END, market.owner, { input: { id } })).toEqual(['ILLEGAL_TRANSITION']);
});

test('It counts from its time on, for as much as it asks for, and for what its own shop sells', async () => {
  const other = await openMarket(graph);
  const [own, others] = [await putOnOffer(graph, market, 1_000), await putOnOffer(graph, other, 1_000)];
  const soon = promotion({ startsAt: new Date(graph.clock.now().getTime() + 60_000).toISOString(), minimum: 2_000 });
  await create(soon);
  const buyer = shopper();
  await buyer.change('addToCart', { variantId: others.variantId, quantity: 5 });
  await buyer.change('addToCart', { variantId: own.variantId, quantity: 1 });
  const [tooEarly] = await buyer.refused('applyPromotion', { code: soon.code });
  expect(tooEarly!.extensions.code).toBe('NOT_FOUND');
  graph.clock.advance({ minutes: 2 });
  const cart = await buyer.change('applyPromotion', { code: soon.code });
  expect(cart).toMatchObject({ promotions: [{ counts: false }], totals: { discount: { amount: 0 } } });
  const more = await buyer.change('changeCartItem', { variantId: own.variantId, quantity: 2 });
  expect(more).toMatchObject({ promotions: [{ counts: true }], totals: { discount: { amount: 200 } } });
});

test('One of the platform is for everything, and made by staff', async () => {
  const other = await openMarket(graph);
  const [own, others] = [await putOnOffer(graph, market, 1_000), await putOnOffer(graph, other, 3_000)];
  const input = promotion({ shopId: null, rate: null, amount: 400 });
  expect(await graph.codes(CREATE, market.owner, { input })).toEqual(['FORBIDDEN']);
  await create(input, staff());
  const buyer = shopper();
  await buyer.change('addToCart', { variantId: own.variantId, quantity: 1 });
  await buyer.change('addToCart', { variantId: others.variantId, quantity: 1 });
  const { shops } = await buyer.change('applyPromotion', { code: input.code });
  expect(shops.map(({ totals }: any) => totals.discount.amount)).toEqual([100, 300]);
  const list = await graph.data('{ platformPromotions { edges { node { code shop { id } } } } }', staff());
  expect(list['platformPromotions'].edges).toContainEqual({ node: { code: input.code, shop: null } });
  expect(await graph.codes('{ platformPromotions { totalCount } }', market.owner)).toEqual(['FORBIDDEN']);
});

test('A code is given once: of ten who want one at once one gets it', async () => {
  const input = promotion();
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => graph.codes(CREATE, market.owner, { input })));
  expect(outcomes.flat()).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
});

test('Nobody else makes, ends or lists a shop’s promotions', async () => {
  const { id } = await create(promotion());
  expect(await graph.codes(CREATE, seller(), { input: promotion() })).toEqual(['NOT_FOUND']);
  expect(await graph.codes(CREATE, undefined, { input: promotion() })).toEqual(['UNAUTHENTICATED']);
  expect(await graph.codes(END, seller(), { input: { id } })).toEqual(['NOT_FOUND']);
  expect(await graph.codes(END, { ...market.owner, scope: 'commerce:read' }, { input: { id } })).toEqual(['FORBIDDEN']);
  expect(await graph.entities('Promotion', [id], 'code', seller())).toEqual([null]);
  const list = 'query ($id: ID!) { shop(id: $id) { promotions { edges { node { id } } } } }';
  expect(await graph.codes(list, seller(), { id: market.shopId })).toEqual(['FORBIDDEN']);
  const own = await graph.data(list, market.owner, { id: market.shopId });
  expect(own['shop'].promotions.edges).toContainEqual({ node: { id } });
});

test.each([
  [{ rate: null }, 'rate'],
  [{ amount: 5 }, 'rate'],
  [{ rate: 10_001 }, 'rate'],
  [{ rate: null, amount: 0 }, 'amount'],
  [{ currency: 'EUR' }, 'currency'],
  [{ code: 'x' }, 'code'],
  [{ endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
  [{ minimum: -1 }, 'minimum'],
])('A promotion with %j is refused', async (wrong, path) => {
  const { errors } = await graph.query(CREATE, market.owner, { input: promotion(wrong) });
  expect(errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  expect(errors[0]!.extensions.fields!.map((field) => field.path.split('.').at(-1))).toContain(path);
});
