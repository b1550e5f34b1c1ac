import { compose } from './library.ts';
import { Subgraph } from './subgraph.ts';

const FEDERATION = `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
    @link(url: "https://specs.supergraph.example/guard/v1.0", import: ["@rateLimited"])
    @composeDirective(name: "@rateLimited")
  directive @rateLimited(max: Int!, seconds: Int!, by: String! = "caller") repeatable on FIELD_DEFINITION`;

/** A subgraph with everything that can be limited, and a count of what got through to it. */
export class Bank {
  /** How often each field was resolved. */
  readonly resolved = new Map<string, number>();
  readonly subgraph = new Subgraph({
    name: 'bank',
    sdl: `${FEDERATION}
      type Query {
        open: Boolean
        rate(of: String = "EUR"): Int @rateLimited(max: 3, seconds: 60, by: "of")
        account: Account
        holder: Holder
      }
      type Mutation {
        login(input: LoginInput!): Boolean
          @rateLimited(max: 10, seconds: 60, by: "address+input.email")
          @rateLimited(max: 20, seconds: 60, by: "address")
        transfer: Boolean @rateLimited(max: 5, seconds: 60)
      }
      type Subscription { ticks: Int @rateLimited(max: 2, seconds: 60) }
      input LoginInput { email: String! device: String }
      interface Holder { secret: String next: Holder }
      type Account implements Holder @key(fields: "id") {
        id: ID!
        secret: String @rateLimited(max: 2, seconds: 60)
        next: Account
      }
      type Company implements Holder { secret: String next: Holder name: String }`,
    resolvers: {
      Query: {
        open: () => true,
        rate: this.#count('rate', 7),
        account: () => ({ id: '1', next: { id: '2' } }),
        holder: () => ({ __typename: 'Account', id: '1', next: { id: '2' } }),
      },
      Mutation: { login: this.#count('login', true), transfer: this.#count('transfer', true) },
      Account: { secret: this.#count('secret', 'hidden') },
      Subscription: {
        ticks: {
          subscribe: async function* () {
            yield { ticks: 1 };
          },
        },
      },
    },
  });

  async start(): Promise<this> {
    await this.subgraph.start();
    return this;
  }

  async stop(): Promise<void> {
    await this.subgraph.kill();
  }

  get supergraphSdl(): string {
    return compose([this.subgraph]);
  }

  times(field: string): number {
    return this.resolved.get(field) ?? 0;
  }

  #count<Value>(field: string, value: Value): () => Value {
    return () => {
      this.resolved.set(field, this.times(field) + 1);
      return value;
    };
  }
}
