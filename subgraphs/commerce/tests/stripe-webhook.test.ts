import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { asChecking, authorize, begin, capture, expectBooksToAgree, paymentOf, refund, select, settle, type Vendor, vendor } from './payment.story.ts'; // prettier-ignore
import { purgeProviderEvents } from '../src/payment/purge-provider-events.ts';
import { startWithStripe } from './stripe-server/stripe.story.ts';

let world: Awaited<ReturnType<typeof startWithStripe>>;
let one: Vendor;

beforeAll(async () => {
  world = await startWithStripe();
  one = await vendor(world.graph);
});

beforeEach(() => {
  world.calm();
  world.listen();
});

afterEach(async () => {
  await world.stripe.quiet();
  await expectBooksToAgree(world.graph);
});

afterAll(() => world.stop());

const made = (method = 'pm_card') => begin(world.graph, paymentOf([[one.shopId, 10_00]], { method }));
const intentOf = (paymentId: string) =>
  [...world.stripe.ledger.intents.values()].find(
    ({ metadata }) => (metadata as Record<string, string>)['payment_id'] === paymentId,
  )!;
const stateOf = async (id: string) =>
  (await select<{ state: string }>(world.graph, 'select state from payment where id = ?', [id]))[0]!.state;
const outcomesOf = async (id: string) =>
  (
    await select<{ outcome: string }>(
      world.graph,
      'select outcome from provider_event where subject_id = ? order by received_at, outcome',
      [id],
    )
  ).map(({ outcome }) => outcome);
const captures = async (id: string) =>
  (await select(world.graph, `select from ledger_transaction where kind = 'CAPTURE' and reference_id = ?`, [id]))
    .length;
const refusals = async () =>
  Object.fromEntries(
    (
      await select<{ reason: string; count: number }>(
        world.graph,
        'select reason, count::int from provider_event_refusal',
      )
    ).map(({ reason, count }) => [reason, count]),
  );

/** A payment that Stripe is about to tell of as taken, and the event that tells. */
async function taken() {
  world.stripe.webhookUrl = undefined;
  const { id } = await made();
  await authorize(world.graph, id);
  const intent = intentOf(id);
  Object.assign(intent, { status: 'succeeded', amount_received: intent.amount });
  world.listen();
  return { id, intent, body: world.stripe.event('payment_intent.succeeded', intent) };
}

describe('an event of Stripe', () => {
  test('has its effect once when it comes twice, and when it comes ten times at once', async () => {
    const { id, body } = await taken();
    const statuses = await Promise.all(Array.from({ length: 10 }, () => world.stripe.deliver(body)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await world.stripe.deliver(body)).toBe(200);
    expect(await stateOf(id)).toBe('CAPTURED');
    expect(await captures(id)).toBe(1);
    expect(await outcomesOf(id)).toEqual(['APPLIED']);
    const events = await world.graph.eventsOf('payment.captured');
    expect(events.filter(({ paymentId }) => paymentId === id)).toHaveLength(1);
  });

  test('may come again with fewer deliveries left, and is the same', async () => {
    const { body } = await taken();
    expect(await world.stripe.deliver(body)).toBe(200);
    expect(await world.stripe.deliver(body.replace('"livemode"', '"pending_webhooks":0,"livemode"'))).toBe(200);
  });

  test('may come before our own call has returned, twice, for every step', async () => {
    const { graph, stripe } = world;
    stripe.knobs.eventsFirst = true;
    stripe.knobs.deliveries = 2;
    const { id } = await made();
    expect(await authorize(graph, id)).toMatchObject({ state: 'AUTHORIZED' });
    expect(await capture(graph, id)).toMatchObject({ state: 'CAPTURED', captured: 10_00 });
    const { id: refundId } = await refund(graph, id, 1_00);
    expect(await select(graph, 'select state, refunded::int from payment where id = ?', [id])).toEqual([
      { state: 'PARTIALLY_REFUNDED', refunded: 1_00 },
    ]);
    expect(await captures(id)).toBe(1);
    expect(await outcomesOf(id)).toEqual(['APPLIED', 'APPLIED']);
    expect(await outcomesOf(refundId)).toEqual(['APPLIED']);
  });

  test('settles what our own call was never answered', async () => {
    const { graph, stripe } = world;
    stripe.knobs.eventsFirst = true;
    stripe.knobs.loseAnswers = { path: /confirm$/, times: 1 };
    const { id } = await made();
    expect(await authorize(graph, id)).toMatchObject({ state: 'AUTHORIZED', pending: null });
    graph.clock.advance({ minutes: 2 });
    const before = stripe.calls.length;
    await settle(graph);
    expect(stripe.calls).toHaveLength(before);
  });

  test('with the id of another and another amount is refused, kept, and has no effect', async () => {
    const { id, intent, body } = await taken();
    const other = JSON.parse(body) as { id: string };
    const forged = world.stripe.event(
      'payment_intent.succeeded',
      { ...intent, amount: 1, amount_received: 1 },
      other.id,
    );
    expect(await world.stripe.deliver(body)).toBe(200);
    expect(await world.stripe.deliver(forged)).toBe(409);
    expect(await world.stripe.deliver(forged)).toBe(409);
    expect(await captures(id)).toBe(1);
    const kept = await select(world.graph, 'select outcome, imposter from provider_event where event_id = ? order by imposter', [other.id]); // prettier-ignore
    expect(kept).toEqual([{ outcome: 'APPLIED', imposter: false }, { outcome: 'CONFLICTING', imposter: true }]); // prettier-ignore
  });

  test.each([
    ['another amount', { amount: 9_99, amount_received: 9_99 }],
    ['a part of it', { amount_received: 9_99 }],
    ['another currency', { currency: 'eur' }],
    ['another name for it', { id: 'pi_another' }],
  ])('that tells of %s contradicts us: it is kept, and has no effect', async (_what, wrong) => {
    const { id, intent } = await taken();
    await world.stripe.deliver(world.stripe.event('payment_intent.succeeded', { ...intent, ...wrong }));
    expect(await stateOf(id)).toBe('AUTHORIZED');
    expect(await outcomesOf(id)).toEqual(['CONFLICTING']);
  });

  test('that comes too late to matter changes nothing', async () => {
    const { id, intent, body } = await taken();
    await world.stripe.deliver(body);
    const old = { ...intent, status: 'requires_capture', amount_received: 0 };
    expect(await world.stripe.deliver(world.stripe.event('payment_intent.amount_capturable_updated', old))).toBe(200);
    expect(await stateOf(id)).toBe('CAPTURED');
    expect((await outcomesOf(id)).sort()).toEqual(['APPLIED', 'STALE']);
  });

  test('that tells of a refund that was not ours is kept for a person to look at', async () => {
    const { id, intent, body } = await taken();
    await world.stripe.deliver(body);
    const foreign = { id: 're_x', object: 'refund', amount: 5, currency: 'chf', status: 'succeeded', metadata: {} };
    await world.stripe.deliver(world.stripe.event('refund.created', { ...foreign, payment_intent: intent.id }));
    expect(await stateOf(id)).toBe('CAPTURED');
    const sql = `select outcome, reason from provider_event where kind = 'refund.created' and subject_id is null`;
    expect(await select(world.graph, sql)).toEqual([{ outcome: 'CONFLICTING', reason: 'Money was given back, and not by us.' }]); // prettier-ignore
  });

  test('lets go of money that was reserved after all, for a payment that is over', async () => {
    world.stripe.webhookUrl = undefined;
    const { id } = await made('pm_declined');
    expect(await authorize(world.graph, id)).toMatchObject({ state: 'DECLINED' });
    world.listen();
    const intent = intentOf(id);
    intent.status = 'requires_capture';
    await world.stripe.announce('payment_intent.amount_capturable_updated', intent);
    world.graph.clock.advance({ minutes: 2 });
    await settle(world.graph);
    expect(intent.status).toBe('canceled');
    expect(await stateOf(id)).toBe('DECLINED');
  });

  test.each([
    ['of a kind we do not know', { id: 'x', object: 'customer', email: 'a@example.com' }],
    [
      'of a payment of somebody else',
      { id: 'pi_x', object: 'payment_intent', amount: 1, currency: 'chf', metadata: {} },
    ],
    [
      'of a payment that does not exist',
      {
        ...{ id: 'pi_y', object: 'payment_intent', amount: 1, amount_received: 0, currency: 'chf', status: 'canceled' },
        metadata: { payment_id: '01990000-0000-7000-8000-000000000001' },
      },
    ],
  ])('%s is taken and ignored', async (_what, object) => {
    const body = world.stripe.event('something.happened', object);
    expect(await world.stripe.deliver(body)).toBe(200);
    const { id } = JSON.parse(body) as { id: string };
    const kept = await select(world.graph, 'select outcome from provider_event where event_id = ?', [id]);
    expect(kept).toEqual([{ outcome: 'IGNORED' }]);
  });
});

describe('what is not of Stripe', () => {
  test('is refused: unsigned, signed by another, changed, or too old, and counted', async () => {
    const { graph, stripe } = world;
    const { id, body } = await taken();
    const signature = stripe.sign(body);
    const [time] = signature.split(',');
    const minutes = (count: number) => new Date(graph.clock.now().getTime() + count * 60_000);
    graph.clock.advance({ minutes: 1 });
    const before = await refusals();
    const unsigned = [
      ...['', 'v1=', 't=,v1=', `${time}`, `${time},v1=00`, `${time},v0=${signature.split('v1=')[1]}`, 't=x,v1=y'],
      ...[stripe.sign(body, { secret: 'whsec_of_another' }), stripe.sign(`${body} `), `${time},v1=${'é'.repeat(64)}`],
    ];
    for (const wrong of unsigned) expect([wrong, await sent(body, wrong)]).toEqual([wrong, 400]);
    for (const at of [minutes(-6), minutes(6)]) expect(await stripe.deliver(body, stripe.sign(body, { at }))).toBe(400);
    expect(await stateOf(id)).toBe('AUTHORIZED');
    expect(await outcomesOf(id)).toEqual([]);
    // However many come within a second, one is written; what was counted meanwhile comes with the next.
    expect(await refusals()).toEqual({ UNSIGNED: (before['UNSIGNED'] ?? 0) + 1, STALE: (before['STALE'] ?? 0) + 1 });
    graph.clock.advance({ seconds: 2 });
    expect(await sent(body, 'nothing')).toBe(400);
    expect(await refusals()).toMatchObject({ UNSIGNED: (before['UNSIGNED'] ?? 0) + unsigned.length + 1 });
    // Right in the last five minutes, and with an older secret's signature beside it.
    expect(await stripe.deliver(body, `${stripe.sign(body, { at: minutes(-4) })},v1=${'0'.repeat(64)}`)).toBe(200);
  });

  test.each([
    '',
    'null',
    '[]',
    '{',
    '{"id":1}',
    '{"id":"e","type":"t","data":{"object":{"object":"refund","amount":"1"}}}',
  ])('signed as it may be, %j is no event', async (body) => {
    expect(await world.stripe.deliver(body)).toBe(400);
  });

  test('is not read further than a megabyte', async () => {
    const body = JSON.stringify({ id: 'e', filler: 'x'.repeat(1_100_000) });
    expect(await world.stripe.deliver(body)).toBe(413);
  });
});

test('What Stripe told us is forgotten after 90 days, and what contradicts us after 400', async () => {
  const { graph, stripe } = world;
  const { id, intent, body } = await taken();
  const eventId = (JSON.parse(body) as { id: string }).id;
  await stripe.deliver(body);
  await stripe.deliver(stripe.event('payment_intent.succeeded', { ...intent, amount: 1 }));
  await sent(body, 'unsigned');
  const left = async () => {
    await asChecking(graph, purgeProviderEvents);
    return { events: await outcomesOf(id), days: Object.keys(await refusals()).length > 0 };
  };
  graph.clock.advance({ days: 89 });
  expect(await left()).toEqual({ events: ['APPLIED', 'CONFLICTING'], days: true });
  expect(await stripe.deliver(body)).toBe(200);
  graph.clock.advance({ days: 2 });
  expect(await left()).toEqual({ events: ['CONFLICTING'], days: true });
  expect(await select(graph, 'select from provider_event where event_id = ?', [eventId])).toEqual([]);
  graph.clock.advance({ days: 310 });
  expect(await left()).toEqual({ events: [], days: false });
  // And should it come after all, it has no effect any more.
  expect(await stripe.deliver(body)).toBe(200);
  expect(await captures(id)).toBe(1);
});

/** As it is, where `fetch` would refuse to send it. */
async function sent(body: string, signature: string): Promise<number> {
  const header = Buffer.from(signature, 'utf8').toString('latin1');
  return (await fetch(world.stripe.webhookUrl!, { method: 'POST', body, headers: { 'stripe-signature': header } }))
    .status;
}
