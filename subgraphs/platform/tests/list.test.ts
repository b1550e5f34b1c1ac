import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Desk, type Letter, openDesk } from './desk.ts';
import { operator, PAYLOAD, READ } from './story.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.stop());

describe('an operator', () => {
  const organizationId = randomUUID();

  beforeAll(async () => {
    await desk.failToBill(['a', 'b'], organizationId);
    await desk.failToSend(['c', 'd', 'e']);
  });

  afterAll(() => desk.clear());

  test('sees what failed for the last time, events and jobs in one list, what failed last first', async () => {
    const list = await desk.page();
    expect(list.totalCount).toBe(7);
    const nodes = list.edges.map(({ node }) => node);
    expect(nodes.filter(({ kind }) => kind === 'EVENT')).toHaveLength(4);
    const times = nodes.map(({ failedAt }) => Date.parse(failedAt));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(nodes[0]).toEqual({
      id: expect.any(String),
      kind: 'JOB',
      subgraph: 'workshop',
      consumer: 'workshop/send-receipt',
      name: 'send-receipt',
      attempts: 1,
      lastError: 'No such address.',
      failedAt: expect.any(String),
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      organization: null,
      state: 'WAITING',
      settledAt: null,
    });
    expect(nodes.at(-1)).toMatchObject({
      kind: 'EVENT',
      name: 'order.placed',
      attempts: 8,
      lastError: 'Error: The printer is out of paper.',
      organization: { id: organizationId },
    });
  });

  test.each([
    ['by kind', { kind: 'JOB' }, 3],
    ['by subgraph', { subgraph: 'workshop' }, 7],
    ['by another subgraph', { subgraph: 'commerce' }, 0],
    ['by consumer', { consumer: 'workshop/writeBill' }, 2],
    ['by organization', { organizationId }, 4],
    ['by what is no organization', { organizationId: 'nonsense' }, 0],
    ['by time', { failedAfter: '2020-01-01T00:00:00Z', failedBefore: '2100-01-01T00:00:00Z' }, 7],
    ['by a time before', { failedBefore: '2020-01-01T00:00:00Z' }, 0],
    ['by several at once', { kind: 'EVENT', consumer: 'workshop/countOrder', organizationId }, 2],
  ])('narrows the list %s', async (_, filter, count) => {
    const list = await desk.page({ filter });
    expect([list.edges.length, list.totalCount]).toEqual([count, count]);
  });

  test('sorts it, and pages through it in both directions without missing or repeating any', async () => {
    const all = (await desk.letters({ sort: ['CONSUMER_ASC'] })).map(({ id }) => id);
    expect((await desk.letters({ sort: ['CONSUMER_DESC'] })).map(({ id }) => id)).toEqual([...all].reverse());
    const forward: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const { edges, pageInfo } = await desk.page({ sort: ['CONSUMER_ASC'], first: 3, after });
      forward.push(...edges.map(({ node }) => node.id));
      after = edges.at(-1)!.cursor;
      more = pageInfo.hasNextPage;
    }
    expect(forward).toEqual(all);
    const { edges, pageInfo } = await desk.page({ sort: ['CONSUMER_ASC'], last: 3 });
    expect(edges.map(({ node }) => node.id)).toEqual(all.slice(-3));
    expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
    const before = await desk.page({ sort: ['CONSUMER_ASC'], last: 3, before: edges[0]!.cursor });
    expect(before.edges.map(({ node }) => node.id)).toEqual(all.slice(-6, -3));
    expect((await desk.letters({ sort: ['CONSUMER_ASC', 'FAILED_AT_DESC'] })).map(({ consumer }) => consumer)).toEqual(
      (await desk.letters({ sort: ['CONSUMER_ASC'] })).map(({ consumer }) => consumer),
    );
  });

  test('sees how many wait, by handler and job', async () => {
    const { deadLetterSummary } = await desk.data(
      '{ deadLetterSummary { subgraph consumer kind waitingCount firstFailedAt lastFailedAt } }',
      desk.reader,
    );
    expect(deadLetterSummary).toMatchObject([
      { subgraph: 'workshop', consumer: 'workshop/send-receipt', kind: 'JOB', waitingCount: 3 },
      { consumer: 'workshop/countOrder', kind: 'EVENT', waitingCount: 2 },
      { consumer: 'workshop/writeBill', kind: 'EVENT', waitingCount: 2 },
    ]);
    const [{ firstFailedAt, lastFailedAt }] = deadLetterSummary;
    expect(Date.parse(firstFailedAt)).toBeLessThanOrEqual(Date.parse(lastFailedAt));
  });

  test('reads what was carried only with a permission of its own', async () => {
    const CARRIED = 'query ($filter: DeadLetterFilter) { deadLetters(filter: $filter) { edges { node { data } } } }';
    const filter = { consumer: 'workshop/send-receipt' };
    const { data, errors } = await desk.query(CARRIED, desk.reader, { filter });
    expect(data.deadLetters.edges).toEqual([
      { node: { data: null } },
      { node: { data: null } },
      { node: { data: null } },
    ]);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    const trusted = operator(READ, PAYLOAD);
    const carried = async (consumer: string) =>
      (await desk.data(CARRIED, trusted, { filter: { consumer } })).deadLetters.edges
        .map((edge: { node: { data: { order: string } } }) => edge.node.data.order)
        .sort();
    expect(await carried('workshop/send-receipt')).toEqual(['c', 'd', 'e']);
    expect(await carried('workshop/writeBill')).toEqual(['a', 'b']);
  });

  test('is never shown a secret that a library has put into its error', async () => {
    const error = new Error('connect to smtp://mailer:hunter2@mail.internal/x?key=abc failed for ada@example.com');
    await desk.failToSend(['f'], undefined, error);
    const [{ lastError }] = (await desk.letters()) as [Letter];
    expect(lastError).toBe('connect to smtp://mail.internal failed for ***');
  });

  test('reads a page for the same statements however long it is', async () => {
    const SELECTION =
      'edges { node { id lastError organization { id } data actions { by { id } } } } pageInfo { hasNextPage }';
    const cost = (first: number, more = '') =>
      desk.sql.during(() =>
        desk.data(`{ deadLetters(first: ${first}) { ${SELECTION} ${more} } }`, operator(READ, PAYLOAD)),
      );
    expect([await cost(1), await cost(7)]).toEqual([3, 3]);
    expect(await cost(7, 'totalCount')).toBe(4);
  });

  test('finds one by its id, and nothing by what is none', async () => {
    const [letter] = await desk.letters();
    const ONE = 'query ($id: ID!) { deadLetter(id: $id) { id } }';
    expect((await desk.data(ONE, desk.reader, { id: letter!.id })).deadLetter).toEqual({ id: letter!.id });
    for (const id of [randomUUID(), 'nonsense', '']) {
      expect((await desk.data(ONE, desk.reader, { id })).deadLetter).toBeNull();
    }
  });
});
