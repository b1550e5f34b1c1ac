import { GraphQLError } from 'graphql';
import { HttpSubgraph } from './http-subgraph.ts';
import { compose } from './library.ts';

const LINKS = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective", "@authenticated"])
    @link(url: "https://specs.supergraph.example/guard/v1.0", import: ["@cacheControl"])
    @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int!) on FIELD_DEFINITION | OBJECT`;

export const marketSchemas = {
  stalls: `${LINKS}
    type Query {
      stalls: [Stall!] @cacheControl(maxAge: 60)
      stall(id: ID!, filter: Filter): Stall @cacheControl(maxAge: 60)
      rates: [Rate!]
      motto: String @cacheControl(maxAge: 300)
      weather: String
      never: String @cacheControl(maxAge: 0)
      basket: Basket
      goods: [Goods!] @cacheControl(maxAge: 40)
      found: [Found!]
      members: Int @authenticated @cacheControl(maxAge: 60)
      "Says that it is for everybody, and is not."
      whoAmI: String @cacheControl(maxAge: 60)
      "The same, and asks for a token."
      myDebts: Int @cacheControl(maxAge: 60)
    }
    type Mutation { open: Boolean @cacheControl(maxAge: 60) }
    input Filter { kind: String size: Int }
    type Stall @key(fields: "id") {
      id: ID!
      name: String
      open: Boolean @cacheControl(maxAge: 5)
      rates: [Rate!]
      owner: Person
      till: Int @authenticated
      neighbour: Stall @cacheControl(maxAge: 90)
    }
    type Rate @cacheControl(maxAge: 10) { currency: String value(of: Int = 1): Float }
    type Basket { total: Int @cacheControl(maxAge: 60) }
    type Person { name: String }
    interface Goods { name: String }
    type Fruit implements Goods { name: String @cacheControl(maxAge: 20) ripe: Boolean }
    type Fish implements Goods { name: String fresh: Boolean @authenticated }
    union Found = Rate | Fruit`,
  maps: `${LINKS}
    type Stall @key(fields: "id") { id: ID! place: String way: String @cacheControl(maxAge: 7) }`,
};

/** A market whose stalls everybody may see, and whose visitors are nobody's business. */
export class Market {
  /** Changes with each answer, for telling one reading from another. */
  readings = 0;
  failing = false;
  readonly stalls = new HttpSubgraph('stalls', marketSchemas.stalls, {
    Query: {
      stalls: () => [{ id: '1', name: `Cheese ${++this.readings}` }],
      stall: (_: unknown, { id }: { id: string }) => ({ id, name: `Stall ${id}, reading ${++this.readings}` }),
      motto: () => {
        if (this.failing) throw new GraphQLError('no motto today', { extensions: { code: 'CONFLICT' } });
        return `Fresh ${++this.readings}`;
      },
      weather: () => `Rain ${++this.readings}`,
      whoAmI: (_: unknown, __: unknown, { authorization }: { authorization?: string }) => authorization ?? 'nobody',
      myDebts: (_: unknown, __: unknown, { authorization }: { authorization?: string }) => {
        if (authorization) return authorization.length;
        throw new GraphQLError('Who are you?', { extensions: { code: 'UNAUTHENTICATED' } });
      },
    },
  });
  readonly maps = new HttpSubgraph('maps', marketSchemas.maps, {
    Stall: { __resolveReference: ({ id }: { id: string }) => ({ id, place: `row ${id}`, way: 'left' }) },
  });

  async start(): Promise<this> {
    await Promise.all([this.stalls.start(), this.maps.start()]);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all([this.stalls.stop(), this.maps.stop()]);
  }

  /** As new. */
  forget(): void {
    Object.assign(this, { readings: 0, failing: false });
    for (const subgraph of [this.stalls, this.maps]) Object.assign(subgraph, { delayMs: 0 }).calls.length = 0;
  }

  get supergraphSdl(): string {
    return compose([this.stalls, this.maps]);
  }

  /** How often its subgraphs were called. */
  get calls(): number {
    return this.stalls.calls.length + this.maps.calls.length;
  }
}
