import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { voidPayment } from '../src/payment/void-payment.ts';
import {
  asChecking,
  authorize,
  balanceOf,
  begin,
  capture,
  expectBooksToAgree,
  paymentOf,
  refund,
  select,
  settle,
  type Vendor,
  vendor,
} from './payment.story.ts';
import { startWithStripe } from './stripe-server/stripe.story.ts';

let world: Awaited<ReturnType<typeof startWithStripe>>;
let one: Vendor;

beforeAll(async () => {
  world = await startWithStripe();
  one = await vendor(world.graph);
});

beforeEach(() => world.calm());

afterEach(async () => {
  await world.stripe.quiet();
  await expectBooksToAgree(world.graph);
});

afterAll(() => world.stop());

const made = (method = 'pm_card', amount = 10_00) => begin(world.graph, paymentOf([[one.shopId, amount]], { method }));
const intentsOf = (paymentId: string) =>
  [...world.stripe.ledger.intents.values()].filter(
    ({ metadata }) => (metadata as Record<string, string>)['payment_id'] === paymentId,
  );
const stateOf = async (id: string) =>
  (await select<{ state: string }>(world.graph, 'select state from payment where id = ?', [id]))[0]!.state;
const later = async () => {
  world.graph.clock.advance({ minutes: 2 });
  await settle(world.graph);
};

describe('with Stripe a payment', () => {
  test('is reserved, taken and given back, each under a key of its own', async () => {
    const { graph, stripe } = world;
    const { id } = await made();
    expect(await authorize(graph, id)).toMatchObject({ state: 'AUTHORIZED', provider: 'STRIPE' });
    expect(await capture(graph, id)).toMatchObject({ state: 'CAPTURED', captured: 10_00 });
    const { state, id: refundId } = await refund(graph, id, 2_50);
    expect(state).toBe('SUCCEEDED');
    expect(intentsOf(id)).toEqual([expect.objectContaining({ status: 'succeeded', capture_method: 'manual' })]);
    expect(stripe.calls.map(({ key }) => key)).toEqual([`${id}:open`, `${id}:authorize`, `${id}:capture`, refundId]);
  });

  test.each([
    ['pm_declined', 'DECLINED', 'Your card has insufficient funds.'],
    ['card_of_another_provider', 'FAILED', 'No such PaymentMethod'],
  ])('by %s is %s, and the reason is kept', async (method, state, failureReason) => {
    const { id } = await made(method);
    expect(await authorize(world.graph, id)).toMatchObject({ state, failureReason, pending: null });
  });

  test('waits for the buyer, who is told where to go', async () => {
    const { graph, stripe } = world;
    const { id } = await made('pm_action');
    expect(await authorize(graph, id)).toMatchObject({
      state: 'CREATED',
      nextAction: { url: 'https://hooks.stripe.com/authenticate', clientToken: expect.any(String) },
    });
    const [intent] = intentsOf(id);
    intent!.status = 'requires_capture';
    world.listen();
    await stripe.announce('payment_intent.amount_capturable_updated', intent!);
    expect(await stateOf(id)).toBe('AUTHORIZED');
  });

  test('that is decided later is settled by an event, or by asking', async () => {
    const { graph, stripe } = world;
    const [told, asked] = [await made('pm_slow'), await made('pm_slow')];
    for (const { id } of [told, asked]) {
      expect(await authorize(graph, id)).toMatchObject({ state: 'CREATED' });
      intentsOf(id)[0]!.status = 'requires_capture';
    }
    world.listen();
    await stripe.announce('payment_intent.amount_capturable_updated', intentsOf(told.id)[0]!);
    expect(await stateOf(told.id)).toBe('AUTHORIZED');
    expect(await stateOf(asked.id)).toBe('CREATED');
    await later();
    expect(await stateOf(asked.id)).toBe('AUTHORIZED');
  });

  test.each([/payment_intents$/, /confirm$/, /capture$/])(
    'is charged once when the answer of %s is lost',
    async (path) => {
      const { graph, stripe } = world;
      const { id } = await made();
      stripe.knobs.loseAnswers = { path, times: 1 };
      await authorize(graph, id);
      if ((await stateOf(id)) === 'CREATED') await later();
      expect(await stateOf(id)).toBe('AUTHORIZED');
      await capture(graph, id);
      await later();
      expect(await stateOf(id)).toBe('CAPTURED');
      expect(intentsOf(id)).toEqual([expect.objectContaining({ amount_received: 10_00 })]);
    },
  );

  test('is charged once when Stripe takes longer than we wait', async () => {
    const { graph, stripe } = world;
    const { id } = await made();
    stripe.knobs.delayMs = 700;
    expect(await authorize(graph, id)).toMatchObject({ state: 'CREATED', pending: 'AUTHORIZE' });
    stripe.knobs.delayMs = 0;
    await new Promise((resolve) => setTimeout(resolve, 600));
    await later();
    await capture(graph, id);
    expect(intentsOf(id)).toEqual([expect.objectContaining({ amount_received: 10_00 })]);
  });

  test.each([500, 503, 429, 409, 401])('is not lost when Stripe answers %d', async (status) => {
    const { graph, stripe } = world;
    const { id } = await made();
    stripe.knobs.failWith = { path: /confirm$/, status };
    expect(await authorize(graph, id)).toMatchObject({ state: 'CREATED', pending: 'AUTHORIZE', claimedUntil: null });
    stripe.knobs.failWith = undefined;
    await later();
    expect(await stateOf(id)).toBe('AUTHORIZED');
  });

  test('is asked about by one at a time', async () => {
    const { graph, stripe } = world;
    const { id } = await made('pm_slow');
    const asked = (path: RegExp) => stripe.calls.filter((call) => path.test(`${call.method} ${call.path}`)).length;
    stripe.knobs.delayMs = 50;
    await Promise.all(Array.from({ length: 5 }, () => authorize(graph, id)));
    expect(asked(/POST/)).toBe(2);
    graph.clock.advance({ minutes: 2 });
    await Promise.all(Array.from({ length: 3 }, () => settle(graph)));
    expect(asked(/GET/)).toBe(1);
  });

  test('is let go of at Stripe when it is given up', async () => {
    const { id: paymentId } = await made();
    await authorize(world.graph, paymentId);
    await asChecking(world.graph, (work) => voidPayment(work, { paymentId }));
    expect(await stateOf(paymentId)).toBe('CANCELLED');
    expect(intentsOf(paymentId)).toEqual([expect.objectContaining({ status: 'canceled' })]);
  });

  test('in yen has no decimals, in dinars three of which the last is zero', async () => {
    const { graph } = world;
    const [yen, dinar] = [await vendor(graph, { currency: 'JPY' }), await vendor(graph, { currency: 'KWD' })];
    const paidIn = async (shop: Vendor, currency: string, amount: number) => {
      const { id } = await begin(graph, paymentOf([[shop.shopId, amount]], { currency, method: 'pm_card' }));
      await authorize(graph, id);
      await capture(graph, id);
      return intentsOf(id)[0];
    };
    expect(await paidIn(yen, 'JPY', 1_001)).toMatchObject({ amount: 1_001, currency: 'jpy', status: 'succeeded' });
    expect(await paidIn(dinar, 'KWD', 1_010)).toMatchObject({ amount: 1_010, currency: 'kwd', status: 'succeeded' });
    await expect(paidIn(dinar, 'KWD', 1_011)).rejects.toThrow('multiple of 10');
    expect(await balanceOf(graph, yen.shopId)).toBe(1_001 - 100 - 50);
  });
});

describe('with Stripe money given back', () => {
  test.each(['the answer is lost', 'it was never asked'])('is given back once when %s', async (what) => {
    const { graph, stripe } = world;
    const { id } = await made();
    await authorize(graph, id);
    await capture(graph, id);
    if (what === 'the answer is lost') stripe.knobs.loseAnswers = { path: /refunds/, times: 1 };
    else stripe.knobs.failWith = { path: /refunds/, status: 503 };
    const idempotencyKey = randomUUID();
    expect(await refund(graph, id, 4_00, { idempotencyKey })).toMatchObject({ state: 'PENDING' });
    stripe.knobs.failWith = undefined;
    stripe.forgetKeys();
    await later();
    expect(await refund(graph, id, 4_00, { idempotencyKey })).toMatchObject({ state: 'SUCCEEDED' });
    expect(stripe.ledger.refunds.filter(({ payment_intent }) => payment_intent === intentsOf(id)[0]!.id)).toHaveLength(
      1,
    );
  });

  test('is found among more than a hundred', async () => {
    const { graph, stripe } = world;
    const { id } = await made('pm_card', 1_000_00);
    await authorize(graph, id);
    await capture(graph, id);
    stripe.knobs.loseAnswers = { path: /refunds/, times: 1 };
    const first = await refund(graph, id, 1_00);
    const [template] = stripe.ledger.refunds.slice(-1);
    for (let index = 0; index < 150; index += 1) {
      stripe.ledger.refunds.push({ ...template!, id: `re_other_${index}`, amount: 1, metadata: {} });
    }
    const count = stripe.ledger.refunds.length;
    stripe.forgetKeys();
    await later();
    expect(await select(graph, 'select state from refund where id = ?', [first.id])).toEqual([{ state: 'SUCCEEDED' }]);
    expect(stripe.ledger.refunds).toHaveLength(count);
  });
});

describe('with Stripe a payout', () => {
  const PAYOUT = 'mutation ($input: RequestPayoutInput!) { requestPayout(input: $input) { id state } }';
  const request = (shop: Vendor, destination: string) =>
    world.graph.data(PAYOUT, shop.owner, {
      input: {
        shopId: shop.shopId,
        amount: { amount: 5_00, currency: 'CHF' },
        destination,
        idempotencyKey: randomUUID(),
      },
    });
  const payoutOf = async (shopId: string) =>
    (await select<{ state: string }>(world.graph, 'select state from payout where shop_id = ?', [shopId]))[0]!.state;
  const rich = async () => {
    const shop = await vendor(world.graph);
    const { id } = await begin(world.graph, paymentOf([[shop.shopId, 10_00]], { method: 'pm_card' }));
    await authorize(world.graph, id);
    await capture(world.graph, id);
    return shop;
  };

  test('is a transfer to the account of the shop, made once', async () => {
    const shop = await rich();
    const before = world.stripe.ledger.transfers.length;
    world.stripe.knobs.loseAnswers = { path: /transfers/, times: 1 };
    await request(shop, 'acct_of_the_shop');
    await world.graph.runJobs();
    expect(await payoutOf(shop.shopId)).toBe('IN_TRANSIT');
    world.stripe.forgetKeys();
    await later();
    expect(await payoutOf(shop.shopId)).toBe('SUCCEEDED');
    expect(world.stripe.ledger.transfers).toHaveLength(before + 1);
    expect(await balanceOf(world.graph, shop.shopId)).toBe(8_50 - 5_00);
  });

  test('to an account that does not exist gives the balance back', async () => {
    const shop = await rich();
    await request(shop, 'no_such_account');
    expect(await balanceOf(world.graph, shop.shopId)).toBe(3_50);
    await world.graph.runJobs();
    expect(await payoutOf(shop.shopId)).toBe('FAILED');
    expect(await balanceOf(world.graph, shop.shopId)).toBe(8_50);
  });
});
