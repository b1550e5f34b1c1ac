import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestClaims } from '@supergraph/testkit';
import { authorize, begin, bookkeeper, buyer, expectBooksToAgree, paid, paymentOf, refund, select, settle, type Vendor, vendor } from './payment.story.ts'; // prettier-ignore
import { openShop } from './shop.story.ts';
import { seller, startCommerce, type TestCommerce } from './story.ts';

let graph: TestCommerce;
let one: Vendor;
let two: Vendor;
let ada: TestClaims;
let paymentId: string;

beforeAll(async () => {
  graph = await startCommerce();
  [one, two, ada] = [await vendor(graph), await vendor(graph), buyer()];
  const parts = [[one.shopId, 10_00], [two.shopId, 4_00]] as const; // prettier-ignore
  paymentId = (await paid(graph, paymentOf(parts, { userId: ada.sub! }))).id;
  await refund(graph, paymentId, 1_40);
  graph.clock.advance({ seconds: 1 });
  await refund(graph, paymentId, 50, { shopId: two.shopId });
});

afterAll(() => graph.stop());

const SEE = `query ($id: ID!) { payment(id: $id) { id state amount { amount currency } captured { amount } refunded { amount }
  shares { shop { id } amount { amount } commission { amount } tax { amount } refunded { amount } }
  refunds { totalCount edges { node { state amount { amount } reason payment { id } } } } } }`;
const see = async (as?: TestClaims, id = paymentId) => (await graph.data(SEE, as, { id }))['payment'];
const REFUND = 'mutation ($input: RefundPaymentInput!) { refundPayment(input: $input) { id state amount { amount } } }';
const refundInput = (input: object = {}) => ({
  input: {
    ...{ paymentId, shopId: one.shopId, amount: { amount: 1_00, currency: 'CHF' }, reason: 'Broken' },
    ...{ idempotencyKey: randomUUID(), ...input },
  },
});

describe('a payment', () => {
  test('is seen whole by its payer and staff, and each shop sees its part', async () => {
    const whole = { state: 'PARTIALLY_REFUNDED', amount: { amount: 14_00, currency: 'CHF' }, captured: { amount: 14_00 }, refunded: { amount: 1_90 } }; // prettier-ignore
    const ofAda = await see(ada);
    expect(ofAda).toMatchObject(whole);
    expect(ofAda.shares.map((share: Record<string, unknown>) => share['commission'])).toEqual([null, null]);
    expect(ofAda.refunds.edges.map(({ node }: { node: { amount: object } }) => node.amount)).toEqual([{ amount: 1_40 }, { amount: 50 }]); // prettier-ignore
    const ofStaff = await see(bookkeeper());
    expect(ofStaff).toMatchObject(whole);
    expect(ofStaff.refunds.totalCount).toBe(2);
    const ofOne = await see(one.owner);
    expect(ofOne).toMatchObject({ amount: { amount: 10_00 }, refunded: { amount: 1_00 } });
    expect(ofOne.shares).toEqual([
      { shop: { id: one.shopId }, amount: { amount: 10_00 }, commission: { amount: 1_00 }, tax: { amount: 50 }, refunded: { amount: 1_00 } }, // prettier-ignore
    ]);
    expect(ofOne.refunds).toMatchObject({ totalCount: 1, edges: [{ node: { amount: { amount: 1_00 } } }] });
    expect((await see(two.owner)).refunds).toMatchObject({ totalCount: 2 });
  });

  test('is nobody else’s to see', async () => {
    const strangers = [
      ...[buyer(), seller(), { ...one.owner, scope: '' }, { ...ada, sid: undefined }],
      { ...one.owner, org: randomUUID() },
    ];
    for (const stranger of strangers) expect(await see(stranger)).toBeNull();
    expect(await see()).toBeNull();
    expect(await see(ada, randomUUID())).toBeNull();
    expect(await see(ada, 'nonsense')).toBeNull();
  });

  test('costs the same by reference for 4 as for 2, in order, and is null for what cannot be seen', async () => {
    const ids = [paymentId];
    for (let index = 0; index < 3; index += 1) ids.push((await paid(graph, paymentOf([[one.shopId, 100 + index]]))).id);
    const fields = 'id amount { amount } shares { shop { id } } refunds { edges { node { id } } }';
    const few = await graph.sql.during(() => graph.entities('Payment', ids.slice(0, 2), fields, one.owner));
    let found: (Record<string, unknown> | null)[] = [];
    const more = await graph.sql.during(async () => {
      found = await graph.entities('Payment', ids, fields, one.owner);
    });
    expect(more).toBe(few);
    expect(found.map((payment) => payment?.['id'])).toEqual(ids);
    expect(await graph.entities('Payment', [ids[1]!, randomUUID()], 'id', two.owner)).toEqual([null, null]);
  });
});

describe('refundPayment', () => {
  test('gives back out of the shop’s own part, once for each key', async () => {
    const variables = refundInput();
    const answers = await Promise.all([1, 2, 3].map(() => graph.data(REFUND, one.owner, variables)));
    expect(new Set(answers.map((answer) => answer['refundPayment'].id)).size).toBe(1);
    expect((await see(one.owner)).refunded).toEqual({ amount: 2_00 });
    const other = { input: { ...variables.input, reason: 'Another' } };
    expect(await graph.codes(REFUND, one.owner, other)).toEqual(['IDEMPOTENCY_CONFLICT']);
    const [{ requested_by }] = (await select<{ requested_by: string }>(graph, 'select requested_by from refund where id = ?', [answers[0]!['refundPayment'].id])) as [{ requested_by: string }]; // prettier-ignore
    expect(requested_by).toBe(one.owner.sub);
    await expectBooksToAgree(graph);
  });

  test.each([
    ['more than its part', { amount: { amount: 10_01, currency: 'CHF' } }, 'CONFLICT'],
    ['nothing', { amount: { amount: 0, currency: 'CHF' } }, 'BAD_USER_INPUT'],
    ['less than nothing', { amount: { amount: -5, currency: 'CHF' } }, 'BAD_USER_INPUT'],
    ['another currency', { amount: { amount: 1, currency: 'EUR' } }, 'BAD_USER_INPUT'],
    ['without a reason', { reason: ' ' }, 'BAD_USER_INPUT'],
    ['without a key', { idempotencyKey: '' }, 'BAD_USER_INPUT'],
    ['of no payment', { paymentId: randomUUID() }, 'NOT_FOUND'],
    ['of no shop', { shopId: randomUUID() }, 'NOT_FOUND'],
    ['of nonsense', { paymentId: 'x' }, 'NOT_FOUND'],
  ])('refuses %s', async (_what, wrong, code) => {
    expect(await graph.codes(REFUND, one.owner, refundInput(wrong))).toEqual([code]);
  });

  test('needs to be told of which shop only where there are several of one’s own', async () => {
    expect(await graph.codes(REFUND, one.owner, refundInput({ shopId: null, amount: { amount: 1, currency: 'CHF' } }))).toEqual([]); // prettier-ignore
    const sister = await openShop(graph, one.owner);
    const { id } = await paid(graph, paymentOf([[one.shopId, 5_00], [sister.id, 5_00]])); // prettier-ignore
    const of = (shopId?: string) => refundInput({ paymentId: id, shopId });
    expect(await graph.codes(REFUND, one.owner, of())).toEqual(['BAD_USER_INPUT']);
    expect(await graph.codes(REFUND, one.owner, of(sister.id.toUpperCase()))).toEqual([]);
    expect(await graph.codes(REFUND, one.owner, of(two.shopId))).toEqual(['NOT_FOUND']);
  });

  test('is for those who may give money back, out of their own shop', async () => {
    expect(await graph.codes(REFUND, undefined, refundInput())).toEqual(['UNAUTHENTICATED']);
    expect(await graph.codes(REFUND, { ...one.owner, scope: 'commerce:read commerce:write' }, refundInput())).toEqual(['FORBIDDEN']); // prettier-ignore
    for (const stranger of [two.owner, seller(), { ...bookkeeper(), scope: 'commerce:refund commerce:books.read' }]) {
      expect(await graph.codes(REFUND, stranger, refundInput())).toEqual(['NOT_FOUND']);
    }
    expect(await graph.codes(REFUND, { ...ada, scope: 'commerce:refund' }, refundInput())).toEqual(['NOT_FOUND']);
  });
});

describe('what the buyer has to do', () => {
  const ASK = 'query ($id: ID!) { payment(id: $id) { state nextAction { url clientToken } failureReason } }';

  test('is for the buyer only, and why it was declined for them and staff', async () => {
    const eve = buyer();
    const waiting = await begin(graph, paymentOf([[one.shopId, 5_00]], { userId: eve.sub!, method: 'test_action' }));
    await authorize(graph, waiting.id);
    const url = `https://payments.example.com/actions/test_payment_${waiting.id}`;
    const ask = async (as: TestClaims, id = waiting.id) => (await graph.data(ASK, as, { id }))['payment'];
    expect(await ask(eve)).toEqual({ state: 'CREATED', nextAction: { url, clientToken: null }, failureReason: null });
    for (const other of [one.owner, bookkeeper()]) expect(await ask(other)).toMatchObject({ nextAction: null });
    const declined = await begin(graph, paymentOf([[one.shopId, 5_00]], { userId: eve.sub!, method: 'test_decline' }));
    await authorize(graph, declined.id);
    for (const other of [eve, bookkeeper()]) {
      expect(await ask(other, declined.id)).toMatchObject({ failureReason: 'The card was declined.' });
    }
    expect(await ask(one.owner, declined.id)).toMatchObject({ state: 'DECLINED', failureReason: null });
  });
});

describe('a payout', () => {
  const PAYOUT =
    'mutation ($input: RequestPayoutInput!) { requestPayout(input: $input) { id state amount { amount } } }';
  const BOOKS = `query ($id: ID!) { shop(id: $id) { balance { amount currency }
    payouts { edges { node { state failureReason amount { amount } destination shop { id } } } }
    ledgerEntries { totalCount edges { node { kind account amount { amount currency } } } } } }`;
  const books = async (shop: Vendor, as: TestClaims = shop.owner) => (await graph.data(BOOKS, as, { id: shop.shopId }))['shop']; // prettier-ignore
  const rich = async (amount = 10_00) => {
    const shop = await vendor(graph);
    await paid(graph, paymentOf([[shop.shopId, amount]]));
    return shop;
  };
  const input = (shop: Vendor, amount: number, rest: object = {}) => ({
    input: { shopId: shop.shopId, amount: { amount, currency: 'CHF' }, destination: 'test_account', idempotencyKey: randomUUID(), ...rest }, // prettier-ignore
  });

  test('leaves the balance at once, and arrives', async () => {
    const shop = await rich();
    graph.clock.advance({ seconds: 1 });
    expect((await books(shop)).balance).toEqual([{ amount: 8_50, currency: 'CHF' }]);
    expect((await graph.data(PAYOUT, shop.owner, input(shop, 8_00)))['requestPayout']).toMatchObject({
      state: 'PENDING',
    });
    expect((await books(shop)).balance).toEqual([{ amount: 50, currency: 'CHF' }]);
    await graph.runJobs();
    const after = await books(shop);
    expect(after.payouts.edges).toEqual([
      { node: { state: 'SUCCEEDED', failureReason: null, amount: { amount: 8_00 }, destination: 'test_account', shop: { id: shop.shopId } } }, // prettier-ignore
    ]);
    expect(after.ledgerEntries.totalCount).toBe(6);
    expect(after.ledgerEntries.edges.at(-1).node.kind).toBe('CAPTURE');
    await expectBooksToAgree(graph);
  });

  test.each(['test_account_bounces', 'test_account_closed'])(
    'to %s fails, and the balance is back',
    async (destination) => {
      // prettier-ignore
      const shop = await rich();
      await graph.data(PAYOUT, shop.owner, input(shop, 8_00, { destination }));
      await graph.runJobs();
      expect(await books(shop)).toMatchObject({
        balance: [{ amount: 8_50 }],
        payouts: { edges: [{ node: { state: 'FAILED', failureReason: expect.any(String) } }] },
      });
      expect(await graph.eventsOf('payout.failed')).toContainEqual(expect.objectContaining({ shopId: shop.shopId, amount: 8_00 })); // prettier-ignore
      await expectBooksToAgree(graph);
    },
  );

  test('whose answer is lost is made once, and settled by the job', async () => {
    const shop = await rich();
    await graph.data(PAYOUT, shop.owner, input(shop, 8_00, { destination: 'test_account_lost' }));
    graph.clock.advance({ minutes: 2 });
    await graph.runJobs();
    graph.clock.advance({ minutes: 2 });
    await settle(graph);
    expect((await books(shop)).payouts.edges[0].node.state).toBe('SUCCEEDED');
    await expectBooksToAgree(graph);
  });

  test('of twenty that each want half of the balance two are made, and one for each key', async () => {
    const shop = await rich();
    const codes = await Promise.all(
      Array.from({ length: 20 }, () => graph.codes(PAYOUT, shop.owner, input(shop, 4_25))),
    );
    expect(codes.filter((some) => some.length === 0)).toHaveLength(2);
    expect(codes.flat()).toEqual(Array.from({ length: 18 }, () => 'CONFLICT'));
    expect((await books(shop)).balance).toEqual([{ amount: 0, currency: 'CHF' }]);
    const again = await rich();
    const same = input(again, 1_00);
    const made = await Promise.all(Array.from({ length: 10 }, () => graph.data(PAYOUT, again.owner, same)));
    expect(new Set(made.map((answer) => answer['requestPayout'].id)).size).toBe(1);
    expect(await graph.codes(PAYOUT, again.owner, { input: { ...same.input, destination: 'test_other' } })).toEqual(['IDEMPOTENCY_CONFLICT']); // prettier-ignore
  });

  test('cannot be of what was given back: the balance goes below zero after it', async () => {
    const shop = await vendor(graph);
    const { id } = await paid(graph, paymentOf([[shop.shopId, 10_00]]));
    await graph.data(PAYOUT, shop.owner, input(shop, 8_50));
    await refund(graph, id, 10_00);
    expect((await books(shop)).balance).toEqual([{ amount: -8_50, currency: 'CHF' }]);
    expect(await graph.codes(PAYOUT, shop.owner, input(shop, 1))).toEqual(['CONFLICT']);
  });

  test('and the books are for the shop’s own people and staff', async () => {
    const shop = await rich();
    const hidden = { balance: null, payouts: null, ledgerEntries: null };
    for (const stranger of [seller(), ada, { ...shop.owner, scope: '' }]) {
      expect(await books(shop, stranger)).toEqual(hidden);
      expect(await graph.codes(PAYOUT, { ...stranger, scope: 'commerce:read' }, input(shop, 1))).toEqual(['FORBIDDEN']);
    }
    expect(await graph.codes(PAYOUT, seller(), input(shop, 1))).toEqual(['NOT_FOUND']);
    expect((await books(shop, bookkeeper())).balance).toEqual([{ amount: 8_50, currency: 'CHF' }]);
  });

  test.each([[0], [-1]])('is never of %d', async (amount) => {
    expect(await graph.codes(PAYOUT, one.owner, input(one, amount))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('the reconciliation report', () => {
  const REPORT = `{ reconciliationReport { payments { state count captured { amount currency } refunded { amount } }
    ledger { sum { amount currency } netPaid { amount } netPosted { amount } agrees } accounts { account balance { amount } }
    unsettledCount refusedEventCount comparedCount disagreements { about reason } } }`;
  const report = async () => (await graph.data(REPORT, bookkeeper()))['reconciliationReport'];

  test('says that all is well when it is, and what is not when it is not', async () => {
    await graph.runJobs();
    const good = await report();
    expect(good.ledger).toEqual([expect.objectContaining({ agrees: true, sum: { amount: 0, currency: 'CHF' } })]);
    expect(good.ledger[0].netPaid).toEqual(good.ledger[0].netPosted);
    expect(good.comparedCount).toBeGreaterThan(3);
    expect(good).toMatchObject({ disagreements: [], unsettledCount: 0, refusedEventCount: 0 });
    expect(good.payments.map(({ state }: { state: string }) => state)).toContain('PARTIALLY_REFUNDED');
    const strange = await paid(graph, paymentOf([[one.shopId, 3_00]]));
    await select(graph, `update test_provider_object set state = 'CANCELLED' where subject_id = ?`, [strange.id]);
    const [other] = await select<{ id: string }>(graph, `select id from payment where state = 'CAPTURED' and id <> ? order by updated_at desc limit 1`, [strange.id]); // prettier-ignore
    await select(graph, 'update test_provider_object set captured = captured - 1 where subject_id = ?', [other!.id]);
    const found = (await report()).disagreements;
    expect(found).toContainEqual({ about: strange.id, reason: 'The provider has it as CANCELLED, we as CAPTURED.' });
    expect(found).toContainEqual({ about: other!.id, reason: expect.stringContaining('The provider took') });
    expect(found).toHaveLength(2);
    // As no use-case can: the payments say more than the books.
    await select(graph, `update payment set refunded = refunded - 1 where id = ?`, [paymentId]);
    expect((await report()).ledger).toEqual([expect.objectContaining({ agrees: false })]);
  });

  test('is for staff', async () => {
    expect(await graph.codes(REPORT, undefined)).toEqual(['UNAUTHENTICATED']);
    expect(await graph.codes(REPORT, one.owner)).toEqual(['FORBIDDEN']);
    expect(await graph.codes(REPORT, { ...bookkeeper(), sid: undefined })).toEqual(['FORBIDDEN']);
  });
});
