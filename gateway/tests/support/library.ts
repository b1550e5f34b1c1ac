import { composeServices } from '@apollo/composition';
import { GraphQLError, parse } from 'graphql';
import { HttpSubgraph } from './http-subgraph.ts';

const READERS = [
  { id: '1', name: 'Ada', favourites: ['a', 'b'] },
  { id: '2', name: 'Ben', favourites: ['b'] },
];
const TITLES: Readonly<Record<string, string>> = { a: 'Middlemarch', b: 'Persuasion' };

/** Two subgraphs about a library: one knows the readers, the other the books they like. */
export class Library {
  /** How often a book was lent, for telling whether a mutation ran. */
  lent = 0;
  readonly readers = new HttpSubgraph(
    'readers',
    `type Query { readers: [Reader!]! reader(id: ID!): Reader! failing(code: String): String oddCount: Int! shelf(size: Size!): String }
     enum Size { SMALL LARGE }
     type Mutation { rename(id: ID!, name: String!): Reader! }
     type Reader @key(fields: "id") { id: ID! name: String! favourites: [Book!]! }
     type Book @key(fields: "id", resolvable: false) { id: ID! }`,
    {
      Query: {
        readers: () => READERS,
        reader: (_: unknown, { id }: { id: string }) => READERS.find((reader) => reader.id === id),
        failing: (_: unknown, { code }: { code?: string }) => {
          throw new GraphQLError('connect ECONNREFUSED 10.0.0.7:5432', {
            extensions: {
              ...(code && { code }),
              fields: [{ path: 'id', message: 'is odd' }],
              stacktrace: ['at secret.ts:1'],
            },
          });
        },
        shelf: (_: unknown, { size }: { size: string }) => size,
      },
      Mutation: { rename: (_: unknown, { id, name }: { id: string; name: string }) => ({ id, name, favourites: [] }) },
      Reader: { favourites: ({ favourites }: { favourites: string[] }) => favourites.map((id) => ({ id })) },
    },
  );
  readonly books = new HttpSubgraph(
    'books',
    `type Query { books: [Book!] topBook: Book }
     type Mutation { lend(id: ID!): Int! }
     type Book @key(fields: "id") { id: ID! title: String }`,
    {
      Query: {
        books: () => Object.keys(TITLES).map((id) => ({ id, title: TITLES[id] })),
        topBook: () => ({ id: 'b', title: TITLES.b }),
      },
      Mutation: { lend: () => ++this.lent },
      Book: { __resolveReference: ({ id }: { id: string }) => (TITLES[id] ? { id, title: TITLES[id] } : null) },
    },
  );

  async start(): Promise<this> {
    await Promise.all([this.readers.start(), this.books.start()]);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all([this.readers.stop(), this.books.stop()]);
  }

  get supergraphSdl(): string {
    return this.composed((sdl) => sdl);
  }

  /** The supergraph, with each subgraph's schema changed on the way. */
  composed(change: (sdl: string) => string): string {
    return compose([this.readers, this.books].map(({ name, url, sdl }) => ({ name, url, sdl: change(sdl) })));
  }
}

export function compose(subgraphs: readonly { name: string; url: string; sdl: string }[]): string {
  const composed = composeServices(subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })));
  if (!composed.supergraphSdl) throw new Error(composed.errors?.join('\n'));
  return composed.supergraphSdl;
}
