import type { Asked } from '../federated-graph.ts';

const TWICE = '{ products(first: 2) { name ...A name shop { id } ...B } }';

/** Operations by what makes them tricky. */
export const trickyOperations: Readonly<Record<string, Asked>> = {
  'several subgraphs for one list': { query: '{ products(first: 2) { upc name stock reviews { body } } }' },
  'the same field twice, with more below': {
    query:
      '{ product(upc: "p1") { reviews { body } name reviews { rating product { upc } } brand { code } brand { country code } } }',
  },
  'aliases that change places': {
    query: '{ product(upc: "p1") { name: sku sku: name upc: id id: upc stock: weight weight: stock } }',
  },
  'one field under several aliases': {
    query: '{ product(upc: "p1") { a: stock b: stock stock c: reviews(first: 1) { id } d: reviews { id } } }',
  },
  'one field with several arguments': {
    query: '{ product(upc: "p1") { price { amount } usd: price(currency: USD) { amount currency } } }',
  },
  'fragments that share fields': {
    query: `${TWICE} fragment A on Product { stock shop { stars } ...B } fragment B on Product { sku stock shop { label } name }`,
  },
  'a fragment on an interface inside its object': {
    query: '{ product(upc: "p1") { ... on Node { id __typename ... on Product { stock } } } }',
  },
  'nothing but __typename': { query: '{ __typename kind: __typename ... on Query { __typename } }' },
  '__typename at every level, under aliases': {
    query:
      '{ t: __typename media { t: __typename ... on Book { u: __typename sequel { t: __typename } } ... on Film { adapts { t: __typename } } } }',
  },
  'an interface without asking for __typename': { query: '{ nodes { id } media { title } }' },
  'a union without asking for __typename': { query: '{ search { ... on Product { upc } ... on Book { title } } }' },
  'a union in which nothing matches': { query: '{ search { ... on Shop { stars } } }' },
  'fields of an interface object': { query: '{ media { id score critics { name verdict } } }' },
  'fields of an interface object under its implementations': {
    query: '{ media { __typename ... on Book { pages score } ... on Film { minutes score critics { name } } } }',
  },
  'types of objects that are known only by their interface': {
    query: '{ topRated { __typename id title score ... on Film { minutes } } }',
  },
  'an interface object reached from an object': {
    query: '{ search { ... on Book { sequel { score title } score } } }',
  },
  "@requires of several subgraphs' fields": { query: '{ products(first: 6) { shippingEstimate } }' },
  '@requires with arguments, beside the same field with others': {
    query:
      '{ products(first: 6) { price(currency: EUR) { amount } other: price(currency: USD) { currency } shippingEstimate express: shippingEstimate(express: true) } }',
  },
  '@requires of a list of objects with nulls in it': {
    query: '{ products(first: 6) { heaviestPart parts { code } } }',
  },
  '@requires of a hidden enum value': { query: '{ products { isOnSale } }' },
  '@provides, with and without need': {
    query: '{ reviews { product { name } } review(id: "r1") { product { name stock } } }',
  },
  '@override': { query: '{ products { warehouse } }' },
  'a compound key': { query: '{ reviews { product { sku brand { code } upc } } }' },
  'a key in an object, reached over another key': {
    query: '{ people { quota notes } others: people { notes tenant { id } } me { quota tenant { id label } } }',
  },
  'a chain of entities over all subgraphs': {
    query:
      '{ reviews { author { favourite { reserved bestReview { author { quota favourite { name shop { stars } } } } } } } }',
  },
  'lists of lists of entities': { query: '{ matrix { upc reserved reviews { body } } numbers }' },
  'lists of lists with nulls at each level': {
    query: '{ products { grid { code weight } } numbers matrix { grid { code } } }',
  },
  'shareable values of two subgraphs': {
    query: '{ settings { theme volume nested { left right } } price { amount } }',
  },
  'an entity that is in the answer many times': {
    query: '{ products(first: 6) { related { upc reserved related { upc depot { shelves { product { name } } } } } } }',
  },
  'an object that two entities have from one subgraph in common, and not from another': {
    query: '{ editions { sku label { front back } } }',
  },
  'an entity inside itself': {
    query:
      '{ products(first: 2) { depot { city shelves { row product { stock depot { city shelves { product { name stock } } } } } } } }',
  },
  'null keys': { query: '{ reviews { author { handle name } guest { ... on Person { handle email } } } }' },
  'hidden enum values': { query: '{ products(first: 6) { status } }' },
  'hidden enum values in a list without nulls': { query: '{ products(first: 6) { upc statuses } }' },
  'leaves of all kinds': { query: '{ counters { int float id flag text any anyRequired } }' },
  'null where the schema has none, nulled at the nearest place': { query: '{ maybeProducts { upc stock } }' },
  'null where the schema has none, up to the root': { query: '{ products { upc stock } }' },
  'null where the schema has none, in lists of lists': { query: '{ matrix { stock } }' },
  'null where the schema has none, below a nullable object': {
    query: '{ product(upc: "p6") { depot { city shelves { row } } } }',
  },
  'null where the schema has none, beside an alias that may be null': {
    query: '{ maybeProducts { shop { stars label } other: shop { label } } }',
  },
  'an unknown entity': { query: '{ people { name favourite { name stock } } }' },
  'an entity that fails': { query: '{ products(first: 6) { upc reserved depot { city } } }' },
  'an entity that fails in several places': { query: '{ products { related { upc reserved } } }' },
  'a field of an entity that fails': {
    query: '{ product(upc: "p2") { name bestReview { body } } maybeProducts { bestReview { body } } }',
  },
  'arguments of variables': {
    query:
      'query ($upc: ID!, $first: Int = 2, $currency: Currency!) { product(upc: $upc) { reviews(first: $first) { body } price(currency: $currency) { amount } } }',
    variables: { upc: 'p1', currency: 'USD' },
  },
  'an operation of which nothing is left': { query: '{ products @skip(if: true) { name } }' },
  'a mutation': { query: 'mutation { rename(upc: "p1", name: "New") { name stock reviews { body } } }' },
  'mutations of several subgraphs, in turn': {
    query:
      'mutation { a: rename(upc: "p1", name: "A") { name } b: addReview(upc: "p2", body: "B") { body product { name weight } } removeAll c: rename(upc: "p2", name: "C") { stock } }',
  },
  'a mutation that fails among others': { query: 'mutation { discard(upc: "p1") { name } removeAll }' },
  'introspection beside data': {
    query: '{ __schema { queryType { name } } __type(name: "Money") { fields { name } } price { amount } }',
  },
  'names that every object inherits': {
    query: '{ price { constructor: amount toString: currency __proto__: amount } }',
  },
  'an alias that looks like a type': { query: '{ price { __typename: currency amount } }' },
};

const SKIPPED =
  'query ($a: Boolean!, $b: Boolean = true) { products(first: 2) { x: upc @include(if: $a) name @skip(if: $b) x: upc ...F @include(if: $b) } media @skip(if: $a) { score } reviews @include(if: $b) { author @skip(if: $a) { name rank } ... @include(if: $a) { rating author { email } } } } fragment F on Product { stock @skip(if: $a) sku @include(if: $a) reviews @skip(if: $a) { body @include(if: $b) } }';

/** One operation with `@skip` and `@include` on fields, fragments and whole fetches, under all values. */
export const skippedOperations: readonly Asked[] = [true, false].flatMap((a) =>
  [true, false, undefined].map((b) => ({ query: SKIPPED, variables: { a, ...(b !== undefined && { b }) } })),
);

const EVERYWHERE =
  '{ products(first: 2) { name reserved shop { stars } reviews { body author { name } } } media { title score } me { quota } settings { theme volume } }';

/** One operation that needs all subgraphs, each time without one of them. */
export const failingOperations: readonly Asked[] = [
  ...['catalogue', 'inventory', 'reviews', 'people', 'tenancy', 'ratings'].map((name) => ({
    query: EVERYWHERE,
    down: [name],
  })),
  {
    query: 'mutation { removeAll addReview(upc: "p1", body: "x") { product { name } author { name } } }',
    down: ['reviews'],
  },
];
