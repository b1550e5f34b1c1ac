import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { CHANGE, type Desk, type Letter, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.stop());

describe('once the fault is mended', () => {
  afterEach(() => desk.clear());

  test('an event is handled, and its effect is there once', async () => {
    await desk.failToBill(['first']);
    const [bill, count] = (await desk.letters({ sort: ['CONSUMER_DESC'] })) as [Letter, Letter];
    expect(await desk.retry({ ids: [bill.id] })).toEqual({
      changedCount: 1,
      deadLetters: [{ id: bill.id, state: 'RETRIED' }],
      unchangedCount: 0,
      unchanged: [],
      hasMore: false,
    });
    await desk.work();
    expect(await desk.done()).toEqual(['bill for first']);
    expect((await desk.letters()).map(({ id }) => id)).toEqual([count.id]);
  });

  test('a job is run, and its effect is there once', async () => {
    await desk.failToSend(['second']);
    const [letter] = (await desk.letters()) as [Letter];
    expect((await desk.retry({ ids: [letter.id] })).changedCount).toBe(1);
    await desk.work();
    expect(await desk.done()).toEqual(['receipt for second']);
    expect(await desk.letters()).toEqual([]);
  });

  test('everything a filter finds goes through in one call, and nothing else', async () => {
    await desk.failToBill(Array.from({ length: 110 }, (_, index) => `order ${index}`));
    await desk.failToSend(['other']);
    const change = await desk.retry({ filter: { consumer: 'workshop/writeBill' } });
    expect(change).toMatchObject({ changedCount: 110, unchangedCount: 0, hasMore: false });
    expect(change.deadLetters).toHaveLength(100);
    await desk.work();
    expect(await desk.done()).toHaveLength(110);
    const left = await desk.page({ filter: { consumer: 'workshop/countOrder' } });
    expect([left.totalCount, (await desk.page()).totalCount]).toEqual([110, 111]);
  }, 60_000);
});

describe('what still fails', () => {
  afterEach(() => desk.clear());

  test('comes back as another dead letter', async () => {
    await desk.failToSend(['third']);
    const [letter] = (await desk.letters()) as [Letter];
    await desk.retry({ ids: [letter.id] });
    await desk.failToSend([]);
    expect(await desk.done()).toEqual([]);
    const [again] = (await desk.letters()) as [Letter];
    expect(again.id).not.toBe(letter.id);
    expect(await desk.retry({ ids: [letter.id] })).toMatchObject({
      changedCount: 0,
      unchanged: [{ id: letter.id, reason: 'ALREADY_RETRIED' }],
    });
  });

  test('can be discarded, is shown as such with who said so and why, and can be restored', async () => {
    await desk.failToSend(['fourth']);
    const [{ id }] = (await desk.letters()) as [Letter];
    expect(await desk.discard({ ids: [id], reason: 'The address is wrong.' })).toMatchObject({
      deadLetters: [{ id, state: 'DISCARDED' }],
    });
    expect(await desk.letters()).toEqual([]);
    expect(await desk.letters({ state: 'DISCARDED', first: 1 })).toMatchObject([{ id, settledAt: expect.any(String) }]);
    expect((await desk.retry({ ids: [id] })).unchanged).toEqual([{ id, reason: 'ALREADY_DISCARDED' }]);
    desk.clock.advance({ seconds: 1 });
    expect(await desk.restore({ ids: [id] })).toMatchObject({ deadLetters: [{ id, state: 'WAITING' }] });
    expect((await desk.restore({ ids: [id] })).unchanged).toEqual([{ id, reason: 'NOT_DISCARDED' }]);
    const HISTORY = 'query ($id: ID!) { deadLetter(id: $id) { actions { decision reason by { id } } } }';
    const by = { id: desk.staff.sub };
    expect((await desk.data(HISTORY, desk.reader, { id })).deadLetter.actions).toEqual([
      { decision: 'RESTORE', reason: null, by },
      { decision: 'DISCARD', reason: 'The address is wrong.', by },
    ]);
  });
});

describe('a decision', () => {
  afterEach(() => desk.clear());

  test('about several says of each that was left why', async () => {
    await desk.failToSend(['x', 'y', 'z']);
    const [one, two, three] = (await desk.letters()) as [Letter, Letter, Letter];
    await desk.retry({ ids: [one.id] });
    await desk.discard({ ids: [two.id] });
    const missing = randomUUID();
    const change = await desk.retry({ ids: [one.id, two.id, three.id, three.id, missing, 'nonsense'] });
    expect(change).toEqual({
      changedCount: 1,
      deadLetters: [{ id: three.id, state: 'RETRIED' }],
      unchangedCount: 4,
      unchanged: [
        { id: one.id, reason: 'ALREADY_RETRIED' },
        { id: two.id, reason: 'ALREADY_DISCARDED' },
        { id: missing, reason: 'NOT_FOUND' },
        { id: 'nonsense', reason: 'NOT_FOUND' },
      ],
      hasMore: false,
    });
  });

  test('under a key is carried out once, and given again', async () => {
    await desk.failToSend(['x']);
    const [{ id }] = (await desk.letters()) as [Letter];
    const first = await desk.retry({ ids: [id], idempotencyKey: 'once' });
    expect(await desk.retry({ ids: [id], idempotencyKey: 'once' })).toEqual(first);
    const { errors } = await desk.query(
      `mutation { retryDeadLetters(input: { ids: ["${randomUUID()}"], idempotencyKey: "once" }) ${CHANGE} }`,
      desk.staff,
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['IDEMPOTENCY_CONFLICT']);
  });

  test('of several operators at the same moment is that of one of them for each letter', async () => {
    await desk.failToBill(Array.from({ length: 10 }, (_, index) => `order ${index}`));
    await desk.failToSend(Array.from({ length: 10 }, (_, index) => `order ${index}`));
    const all = await desk.letters();
    const ids = all.map(({ id }) => id);
    const changes = await Promise.all([
      desk.retry({ filter: {} }),
      desk.retry({ ids: [...ids].reverse() }),
      desk.discard({ filter: { kind: 'JOB' } }),
      ...ids.map((id) => desk.discard({ ids: [id] })),
      ...ids.map((id) => desk.retry({ ids: [id] })),
    ]);
    const changed = changes.flatMap(({ deadLetters }) => deadLetters as Letter[]);
    expect(changed).toHaveLength(30);
    expect(new Set(changed.map(({ id }) => id))).toEqual(new Set(ids));
    await desk.work();
    await desk.work();
    const retried = new Set(changed.filter(({ state }) => state === 'RETRIED').map(({ id }) => id));
    const effects = all.filter(({ id, consumer }) => retried.has(id) && consumer !== 'workshop/countOrder');
    expect(await desk.done()).toHaveLength(effects.length);
    const recorded = await desk.subgraph.running.runtime.asSystem(({ em }) =>
      em.execute('select 1 from dead_letter_action where dead_letter_id = any(?::uuid[])', [`{${ids.join()}}`]),
    );
    expect(recorded).toHaveLength(30);
  });

  test('is on record for good, and told to whoever listens', async () => {
    await desk.failToSend(['x']);
    const [{ id }] = (await desk.letters()) as [Letter];
    const acting = { ...desk.staff, act: { sub: randomUUID() } };
    await desk.decide('discardDeadLetters', { ids: [id], reason: 'A test order.' }, acting);
    const [event] = await desk.inWorkshop<{ data: object }>(
      `select data from bus.event where name = 'dead_letter.discarded' order by seq desc limit 1`,
    );
    expect(event!.data).toEqual({ deadLetterIds: [id], reason: 'A test order.' });
    const asPlatform = (statement: string) =>
      desk.subgraph.running.runtime.asSystem(({ em }) => em.execute<object[]>(statement, [id]));
    const record = () => asPlatform('select actor_id, decision from dead_letter_action where dead_letter_id = ?');
    expect(await record()).toEqual([{ actor_id: acting.act.sub, decision: 'DISCARD' }]);
    await asPlatform(`update dead_letter_action set decision = 'RETRY' where dead_letter_id = ? returning 1`);
    await asPlatform('delete from dead_letter_action where dead_letter_id = ? returning 1');
    expect(await record()).toEqual([{ actor_id: acting.act.sub, decision: 'DISCARD' }]);
  });

  test.each([
    ['neither ids nor a filter', {}],
    ['both', { ids: [randomUUID()], filter: {} }],
    ['no id', { ids: [] }],
    ['more than 100 ids', { ids: Array.from({ length: 101 }, () => randomUUID()) }],
    ['an empty key', { ids: [randomUUID()], idempotencyKey: '' }],
    ['a key that is not printable', { ids: [randomUUID()], idempotencyKey: 'ü' }],
  ])('with %s is refused', async (_, input) => {
    const { errors } = await desk.query(
      `mutation ($input: RetryDeadLettersInput!) { retryDeadLetters(input: $input) ${CHANGE} }`,
      desk.staff,
      { input },
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  test.each(['', 'x'.repeat(501)])('to discard needs a reason that can be kept', async (reason) => {
    const { errors } = await desk.query(
      `mutation ($input: DiscardDeadLettersInput!) { discardDeadLetters(input: $input) ${CHANGE} }`,
      desk.staff,
      { input: { ids: [randomUUID()], reason } },
    );
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });
});
