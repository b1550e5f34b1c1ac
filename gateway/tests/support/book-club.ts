import { compose } from './library.ts';

const FEDERATION = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.14", import: ["@key", "@listSize"])`;

/**
 * The supergraph of two subgraphs whose entities lead to each other without end. Nobody answers for them: whoever is
 * refused never gets that far.
 */
export function bookClubSupergraph(): string {
  const readers = `${FEDERATION}
    type Query {
      reader(id: ID!): Reader
      readers(first: Int = 10): [Reader!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
      find(filter: Filter, filters: [Filter!], genres: [Genre!], text: String): Reader
    }
    type Mutation { rename(id: ID!, name: String!): Reader }
    type Subscription { joined(filter: Filter): Reader }
    input Filter { text: String, genres: [Genre!], not: Filter, any: [Filter!] }
    enum Genre { NOVEL POEM PLAY }
    type Reader @key(fields: "id") { id: ID! name: String! favourites(first: Int): [Book!] @listSize(assumedSize: 5, slicingArguments: ["first"], requireOneSlicingArgument: false) }
    type Book @key(fields: "id", resolvable: false) { id: ID! }`;
  const books = `${FEDERATION}
    type Query { book(id: ID!): Book }
    type Book @key(fields: "id") { id: ID! title: String readers: [Reader!] @listSize(assumedSize: 5) }
    type Reader @key(fields: "id", resolvable: false) { id: ID! }`;
  // Port 9 is where nothing listens.
  return compose([
    { name: 'readers', url: 'http://127.0.0.1:9/readers', sdl: readers },
    { name: 'books', url: 'http://127.0.0.1:9/books', sdl: books },
  ]);
}
