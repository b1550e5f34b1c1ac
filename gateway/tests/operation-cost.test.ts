import { beforeAll, describe, expect, it } from '@jest/globals';
import { getOperationAST, OperationTypeNode, parse, validate } from 'graphql';
import { CostAdmission } from '../src/cost/cost.admission.ts';
import type { LoadedGraph } from '../src/graph/live-graph.ts';
import type { GuardedOperation } from '../src/guard/operation.guard.ts';
import { Refusal } from '../src/guard/refusal.ts';
import type { RequestContext } from '../src/request-context.ts';
import { loadGraph } from './support/live-gateway.ts';

const MARKET = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@cost", { name: "@listSize", as: "@sized" }])
  type Query {
    shop: Shop
    shops: [Shop!]! @sized(assumedSize: 5)
    search(text: String!, first: Int, last: Int): ItemConnection
      @sized(assumedSize: 10, slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)
    recent(count: Int = 7): [Item!]! @sized(slicingArguments: ["count"], requireOneSlicingArgument: false)
    exactly(first: Int, last: Int): [Item!]! @sized(slicingArguments: ["first", "last"])
    matrix: [[Item!]!]!
    tags: [String!]!
    anything: Thing
    priced(note: String @cost(weight: 3), filter: Filter, filters: [Filter!]): Item
    item: Item
    report: Report @cost(weight: 50)
    secret: Secret
  }
  type Mutation { add(name: String!): Item rename(input: Filter!): String! }
  type Subscription { added: Item }
  input Filter { colour: Colour, text: String, and: [Filter!] }
  enum Colour @cost(weight: 4) { RED }
  scalar Secret @cost(weight: 9)
  interface Item { id: ID! name: String! shop: Shop }
  type Book implements Item @cost(weight: 2) { id: ID! name: String! shop: Shop pages: [Page!]! @sized(assumedSize: 100) }
  type Lamp implements Item { id: ID! name: String! shop: Shop watt: Watt }
  type Page { number: Int! }
  type Watt { peak: Int! }
  union Thing = Book | Lamp | Shop
  type Shop @key(fields: "id") { id: ID! name: String! items(first: Int): [Item!]! @sized(assumedSize: 10, slicingArguments: ["first"], requireOneSlicingArgument: false) }
  type ItemConnection { edges: [ItemEdge!]! totalCount: Int! }
  type ItemEdge { node: Item! cursor: String! }
  type Report { lines: [String!]! }`;

let graph: LoadedGraph;

beforeAll(() => {
  graph = loadGraph([{ name: 'market', url: 'http://market', sdl: MARKET }], 1);
});

function context(): RequestContext {
  return { headers: { 'x-include-cost': 'true' }, spent: { cost: 0 } } as unknown as RequestContext;
}

function asked(query: string, variables: Record<string, unknown> = {}, of = context()): GuardedOperation {
  const document = parse(query);
  expect(validate(graph.apiSchema, document)).toEqual([]);
  const operation = getOperationAST(document)!;
  return { graph, document, operation, operationName: undefined, documentKey: query, variables, context: of };
}

const unlimited = { maxCost: Number.MAX_SAFE_INTEGER, assumedListSize: 20 };

function costOf(query: string, variables?: Record<string, unknown>, settings = unlimited): number | undefined {
  const admission = new CostAdmission(settings);
  const operation = asked(query, variables);
  void admission.admit(operation);
  return admission.toldTo(operation.context);
}

function refusal(admit: () => unknown): Refusal {
  try {
    admit();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('The cost of an operation', () => {
  it.each([
    ['nothing but leaves', '{ tags __typename }', 0],
    ['an object', '{ shop { id name } }', 1],
    ['objects inside each other', '{ item { shop { name } } }', 2 + 1],
    ['a list with a size', '{ shops { name } }', 5],
    ['a list without one', '{ matrix { name } }', 20 * 20 * 2],
    ['a list in a list', '{ shops { items { id } } }', 5 * (1 + 10 * 2)],
    ['a list that an argument sizes', '{ shop { items(first: 3) { id } } }', 1 + 3 * 2],
    ['a list sized by its default', '{ recent { id } }', 7 * 2],
    ['a connection', '{ search(text: "a", first: 2) { edges { node { id } cursor } totalCount } }', 1 + 2 * (1 + 2)],
    ['a connection sized by neither', '{ search(text: "a") { edges { cursor } } }', 1 + 10],
    ['a connection sized by both', '{ search(text: "a", first: 2, last: 4) { edges { cursor } } }', 1 + 4],
    ['an introspection', '{ __schema { types { name } } }', 100],
    ['a field with a weight', '{ report { lines } }', 50],
    ['a leaf with a weight', '{ secret }', 9],
    ['an argument with a weight', '{ priced(note: "a") { id } }', 2 + 3],
    [
      'an input object with weights in it',
      '{ priced(filter: { colour: RED, and: [{ text: "a" }] }) { id } }',
      2 + 1 + 4 + 1,
    ],
    ['a list of input objects', '{ priced(filters: [{ text: "a" }, { colour: RED }]) { id } }', 2 + 1 + 5],
    ['a mutation', 'mutation { add(name: "a") { id } rename(input: {}) }', 10 + 2 + 10 + 1],
    ['a subscription', 'subscription { added { id } }', 2],
    [
      'the dearest of the objects that may be there',
      '{ anything { ... on Book { pages { number } } ... on Shop { items { id } } ... on Lamp { watt { peak } } } }',
      2 + 100,
    ],
    [
      'an interface as its dearest object',
      '{ item { id ... on Lamp { watt { peak } shop { id } } ... on Book { shop { id } } } }',
      2 + 2,
    ],
    [
      'what is asked for twice, once',
      '{ shop { id items(first: 3) { id } } shop { items(first: 3) { shop { id } } } }',
      1 + 3 * 3,
    ],
    [
      'what is asked for in fragments',
      '{ ...A ...B } fragment A on Query { shop { id } } fragment B on Query { shop { items { id } } }',
      1 + 20,
    ],
    [
      'what is skipped, nothing',
      '{ shop @skip(if: true) { id } shops @include(if: false) { id } item @skip(if: false) { id } }',
      2,
    ],
  ])('of %s', (_, query, cost) => expect(costOf(query)).toBe(cost));

  it.each([
    [{ n: 5 }, 1 + 5 * 2],
    [{ n: 0 }, 1],
    [{ n: -1 }, 1 + 10 * 2],
    [{ n: null }, 1 + 10 * 2],
    [{}, 1 + 10 * 2],
    [{ n: 'many' }, 1 + 10 * 2],
    [{ n: { toString: 1 } }, 1 + 10 * 2],
    [{ n: Number.NaN }, 1 + 10 * 2],
  ])('follows a variable: %j', (variables, cost) => {
    expect(costOf('query ($n: Int) { shop { items(first: $n) { id } } }', variables)).toBe(cost);
  });

  it('follows variables wherever they are', () => {
    expect(costOf('query ($n: Int = 4) { shop { items(first: $n) { id } } }')).toBe(1 + 4 * 2);
    expect(costOf('query ($c: Colour) { priced(filter: { colour: $c }) { id } }', { c: 'RED' })).toBe(2 + 1 + 4);
    const filters = [{ colour: 'RED', and: [{ text: 'a' }] }, { text: 'b', nonsense: 1 }, null];
    expect(costOf('query ($f: [Filter!]) { priced(filters: $f) { id } }', { f: filters })).toBe(2 + 1 + 4 + 1 + 1);
    expect(costOf('query ($yes: Boolean!) { shop @include(if: $yes) { id } }', { yes: false })).toBe(1);
  });

  it.each([
    ['in the document', '{ shop { items(first: 2147483647) { shop { items(first: 2147483647) { id } } } } }', {}],
    [
      'in a variable',
      'query ($n: Int) { shop { items(first: $n) { shop { items(first: $n) { id } } } } }',
      { n: 2_147_483_647 },
    ],
    [
      'beyond all numbers',
      'query ($n: Int) { shop { items(first: $n) { shop { items(first: 0) { id } } } } }',
      { n: 1e308 },
    ],
    [
      'times itself',
      `query ($n: Int) { shop { ${'items(first: $n) { shop { '.repeat(40)} id ${'} } '.repeat(40)} } }`,
      { n: 1e308 },
    ],
  ])('is a number, and too much, where a size is without end %s', (_, query, variables) => {
    const admission = new CostAdmission({ maxCost: 10_000, assumedListSize: 20 });
    const { code, status, extensions } = refusal(() => admission.admit(asked(query, variables)));
    expect([code, status, extensions.maximum]).toEqual(['COST_LIMIT_EXCEEDED', 400, 10_000]);
    expect(Number.isSafeInteger(extensions.cost)).toBe(true);
  });

  it.each([
    ['none', '{ exactly { id } }', {}],
    ['two', '{ exactly(first: 1, last: 1) { id } }', {}],
    ['a null', 'query ($n: Int) { exactly(first: $n) { id } }', { n: null }],
  ])('is not known where one size is required and there is %s', (_, query, variables) => {
    const { code, message } = refusal(() => new CostAdmission(unlimited).admit(asked(query, variables)));
    expect([code, message]).toEqual([
      'BAD_USER_INPUT',
      'Exactly one of first, last has to say how long the list shall be',
    ]);
    expect(costOf('{ exactly(last: 2) { id } }')).toBe(4);
  });
});

describe('An operation', () => {
  const limited = { maxCost: 10, assumedListSize: 20 };

  it('may cost as much as the limit says, and no more', () => {
    const query = 'query ($n: Int) { shop { items(first: $n) { name } } }';
    expect(costOf(query.replace('items', 'items'), { n: 4 }, limited)).toBe(9);
    const { message, extensions } = refusal(() => new CostAdmission(limited).admit(asked(query, { n: 5 })));
    expect(message).toBe('The request costs 11, and no more than 10 is allowed');
    expect(extensions).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', cost: 11, maximum: 10 });
  });

  it('of a batch may cost what the others have left of the limit', () => {
    const admission = new CostAdmission(limited);
    const { spent } = context();
    const admit = () => admission.admit(asked('{ shops { name } }', {}, { ...context(), spent }));
    void admit();
    void admit();
    expect(refusal(admit).extensions).toMatchObject({ cost: 15, maximum: 10 });
  });

  it('is paid for out of the budget of its caller, unless it is refused anyway', async () => {
    const paid: [unknown, number][] = [];
    const admission = new CostAdmission(limited, { spend: (caller, units) => void paid.push([caller, units]) });
    const affordable = asked('{ shops { name } }');
    await admission.admit(affordable);
    refusal(() => admission.admit(asked('{ shops { items { name } } }')));
    expect(paid).toEqual([[affordable.context, 5]]);
  });

  it('costs what the graph that is served says', () => {
    const admission = new CostAdmission(unlimited);
    const before = asked('{ report { lines } }');
    void admission.admit(before);
    const dearer = loadGraph([{ name: 'market', url: 'http://market', sdl: MARKET.replace('50', '70') }], 2);
    const after = { ...before, graph: dearer, context: context() };
    void admission.admit(after);
    expect([admission.toldTo(before.context), admission.toldTo(after.context)]).toEqual([50, 70]);
  });

  it('costs the defaults in a graph that knows of no cost', () => {
    const sdl = 'type Query { shops: [Shop!]! } type Shop { name: String }';
    const plain = loadGraph([{ name: 'plain', url: 'http://plain', sdl }], 1);
    const document = parse('{ shops { name } }');
    const admission = new CostAdmission(unlimited);
    const operation = { ...asked('{ tags }'), graph: plain, document, operation: getOperationAST(document)! };
    expect(operation.operation.operation).toBe(OperationTypeNode.QUERY);
    void admission.admit(operation);
    expect(admission.toldTo(operation.context)).toBe(20);
  });

  it('costs nothing to tell of for who has not asked', () => {
    const admission = new CostAdmission(unlimited);
    const operation = asked('{ tags }', {}, { ...context(), headers: {} });
    void admission.admit(operation);
    expect(admission.toldTo(operation.context)).toBeUndefined();
  });
});
