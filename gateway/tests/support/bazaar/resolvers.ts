import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { GraphQLError } from 'graphql';
import type { BazaarSubgraph } from './schemas.ts';

type Row = Record<string, unknown>;

const PRODUCTS: readonly Row[] = [1, 2, 3, 4, 5, 6].map((n) => ({
  __typename: 'Product',
  id: `p${n}`,
  upc: `p${n}`,
  sku: `sku-${n}`,
  brand: { code: `b${n % 2}`, country: n === 3 ? null : 'NL' },
  name: `Product ${n}`,
  weight: n === 2 ? null : n * 10,
  status: ['ON_SALE', 'GONE', 'SECRET'][n % 3],
  statuses: n === 4 ? ['GONE', 'SECRET'] : ['ON_SALE'],
  dimensions: n === 3 ? null : { size: n === 4 ? null : { width: n, height: n === 5 ? null : n + 1 }, label: `L${n}` },
  parts:
    n === 5
      ? null
      : [
          { code: `c${n}`, weight: n },
          { code: `d${n}`, weight: null },
        ],
  grid: [[{ code: `g${n}`, weight: 1 }, null], null, []],
  shopId: n === 2 ? null : n % 2 ? 's1' : 's2',
}));
const BOOKS: readonly Row[] = [
  { __typename: 'Book', id: 'm1', title: 'Middlemarch', pages: 900, sequelId: null },
  { __typename: 'Book', id: 'm2', title: null, pages: 200, sequelId: 'm1' },
];
const FILMS: readonly Row[] = [
  { __typename: 'Film', id: 'm3', title: 'Solaris', minutes: 167, adaptsId: 'm1' },
  { __typename: 'Film', id: 'm4', title: 'Stalker', minutes: 162, adaptsId: null },
];
const REVIEWS: readonly Row[] = [1, 2, 3, 4, 5, 6, 7].map((n) => ({
  id: `r${n}`,
  body: `Body ${n}`,
  rating: n === 3 ? null : n,
  n: (n % 6) + 1,
  handle: ['ada', 'ben', null, 'nobody', 'ada', 'cy', 'ben'][n - 1],
  replies: n === 1 ? ['r2', null, 'r3'] : [],
}));
const PEOPLE: readonly Row[] = [
  {
    handle: 'ada',
    id: 'u1',
    tenant: { id: 't1', label: 'One' },
    name: 'Ada',
    email: 'a@x',
    friends: ['ben', 'cy'],
    rank: 1,
  },
  { handle: 'ben', id: 'u2', tenant: { id: 't1', label: null }, name: 'Ben', email: null, friends: ['ada'], rank: 2 },
  { handle: 'cy', id: 'u1', tenant: { id: 't2', label: 'Two' }, name: 'Cy', email: 'c@x', friends: null, rank: 3 },
];

const by = (rows: readonly Row[], name: string, value: unknown) => rows.find((row) => row[name] === value) ?? null;
const media = (id: unknown) => by([...BOOKS, ...FILMS], 'id', id);
const fault = (message: string, code?: string) => new GraphQLError(message, code ? { extensions: { code } } : {});
const reviewed = (n: unknown) => ({
  sku: `sku-${String(n)}`,
  brand: { code: `b${Number(n) % 2}` },
  name: `Product ${String(n)}`,
});
const review = (row: Row | null): Row | null =>
  row && {
    ...row,
    product: reviewed(row.n),
    author: row.id === 'r6' ? null : { handle: row.handle },
    guest:
      row.id === 'r2' ? { __typename: 'Stranger', nickname: 'Anon' } : { __typename: 'Person', handle: row.handle },
    replies: (row.replies as unknown[]).map((id) => id && review(by(REVIEWS, 'id', id))),
  };
const person = (row: Row | null): Row | null =>
  row && { ...row, friends: (row.friends as string[] | null)?.map((handle) => ({ handle })) ?? null };

/** Data with holes in all the places where they hurt: keys that are null or unknown, and entities that fail. */
export const bazaarResolvers: Readonly<Record<BazaarSubgraph, GraphQLResolverMap<unknown>>> = {
  catalogue: {
    Query: {
      products: (_: unknown, { first }: { first: number }) => PRODUCTS.slice(0, first),
      product: (_: unknown, { upc }: Row) => by(PRODUCTS, 'upc', upc),
      maybeProducts: () => [PRODUCTS[0], null, PRODUCTS[4]],
      matrix: () => [[PRODUCTS[0], null], [], [PRODUCTS[2], PRODUCTS[0]]],
      editions: () => [PRODUCTS[0], { ...PRODUCTS[0], sku: 'sku-7' }],
      numbers: () => [[1, 2], null, []],
      search: () => [PRODUCTS[1], BOOKS[0], null, { __typename: 'Shop', id: 's1' }, PRODUCTS[0]],
      media: () => [BOOKS[0], FILMS[0], BOOKS[1]],
      medium: (_: unknown, { id }: Row) => media(id),
      nodes: () => [FILMS[0], PRODUCTS[0], null, { __typename: 'Shop', id: 's2' }, BOOKS[1]],
      price: () => ({ amount: 1, currency: 'EUR' }),
      settings: () => ({ theme: 'dark', nested: { left: 1 } }),
      counters: () => ({ int: 1, float: 1.5, id: 7, flag: false, text: '', any: { a: [1] }, anyRequired: 0 }),
    },
    Mutation: {
      rename: (_: unknown, { upc, name }: Row) => ({ ...by(PRODUCTS, 'upc', upc), name }),
      discard: (_: unknown, { upc }: Row) => {
        throw fault(`${String(upc)} is held`, 'CONFLICT');
      },
      removeAll: () => true,
    },
    Product: {
      __resolveReference: ({ upc, sku }: Row) =>
        by(PRODUCTS, ...((upc ? ['upc', upc] : ['sku', sku]) as [string, unknown])),
      price: ({ weight }: Row, { currency }: Row) =>
        weight && { amount: Number(weight) * (currency === 'USD' ? 2 : 1), currency },
      shop: ({ shopId }: Row) => shopId && { id: shopId },
      warehouse: () => 'the old one',
      related: ({ upc }: Row) => (upc === 'p6' ? null : PRODUCTS.slice(2, 4)),
    },
    Book: { __resolveReference: ({ id }: Row) => media(id), sequel: ({ sequelId }: Row) => media(sequelId) },
    Film: { __resolveReference: ({ id }: Row) => media(id), adapts: ({ adaptsId }: Row) => media(adaptsId) },
    Media: { __resolveReference: ({ id }: Row) => media(id) },
    Shop: { __resolveReference: ({ id }: Row) => ({ id }) },
  },
  inventory: {
    Query: { settings: () => ({ theme: 'dark', volume: 11, nested: { left: 1, right: 2 } }) },
    Product: {
      async __resolveReference(reference: Row) {
        if (reference.upc === 'p4') throw fault('p4 cannot be read', 'FORBIDDEN');
        return reference.upc === 'p5' ? null : reference;
      },
      stock: ({ upc }: Row) => (upc === 'p3' ? null : 3),
      reserved({ upc }: Row) {
        if (upc === 'p1') throw fault('10.0.0.7 refused');
        return 1;
      },
      label: ({ upc }: Row) => ({ front: `Front of ${String(upc)}` }),
      warehouse: ({ upc }: Row) => `new ${String(upc)}`,
      shippingEstimate: ({ weight, price, dimensions }: Row, { express }: Row) =>
        JSON.stringify([weight, price, dimensions, express]).length,
      heaviestPart: ({ parts }: Row) => JSON.stringify(parts),
      isOnSale: ({ status }: Row) => status === 'ON_SALE',
      depot: ({ upc }: Row) =>
        upc === 'p2'
          ? null
          : {
              city: upc === 'p6' ? null : 'Ede',
              shelves: [
                { row: 1, product: { upc: 'p1' } },
                { row: 2, product: { upc } },
              ],
            },
    },
  },
  reviews: {
    Query: { reviews: () => REVIEWS.map(review), review: (_: unknown, { id }: Row) => review(by(REVIEWS, 'id', id)) },
    Mutation: {
      addReview: (_: unknown, { upc, body }: Row) =>
        review({ id: 'r9', body, n: String(upc).slice(1), handle: 'ada', replies: [] }),
    },
    Product: {
      __resolveReference: (reference: Row) => reference,
      reviews: ({ sku }: Row, { first }: Row) =>
        sku === 'sku-5'
          ? null
          : REVIEWS.filter(({ n }) => `sku-${String(n)}` === sku)
              .slice(0, (first as number) ?? 9)
              .map(review),
      label: ({ sku }: Row) => ({ back: `Back of ${String(sku)}` }),
      bestReview({ sku }: Row) {
        if (sku === 'sku-2') throw fault('no best review', 'NOT_FOUND');
        return review(REVIEWS[0]!);
      },
    },
    Review: { __resolveReference: ({ id }: Row) => review(by(REVIEWS, 'id', id)) },
  },
  people: {
    Query: { people: () => [person(PEOPLE[0]!), null, person(PEOPLE[2]!)], me: () => person(PEOPLE[1]!) },
    Person: {
      __resolveReference: ({ handle, id, tenant }: Row) =>
        person(
          PEOPLE.find((row) =>
            id ? row.id === id && (row.tenant as Row).id === (tenant as Row).id : row.handle === handle,
          ) ?? null,
        ),
      friends: ({ friends }: Row) =>
        (friends as Row[] | null)?.map(({ handle }) => person(by(PEOPLE, 'handle', handle))) ?? null,
    },
  },
  tenancy: {
    Person: {
      __resolveReference: (reference: Row) => reference,
      quota: ({ tenant }: Row) => ((tenant as Row).id === 't2' ? null : 10),
      notes: () => ['x', null],
      favourite: ({ id }: Row) => ({ upc: id === 'u1' ? 'p1' : 'p9' }),
    },
  },
  ratings: {
    Query: { topRated: () => [{ id: 'm3' }, null, { id: 'm1' }] },
    Media: {
      __resolveReference: ({ id }: Row) => (id === 'm4' ? null : { id }),
      score: () => 5,
      critics: ({ id }: Row) => (id === 'm2' ? null : [{ name: 'Ann', verdict: null }, null]),
    },
    Shop: {
      __resolveReference: (reference: Row) => reference,
      label: () => null,
      stars: ({ id }: Row) => (id === 's2' ? null : 4),
    },
  },
};
