import type { AccessTokenClaims } from '@supergraph/protocol';
import { createLogger } from '@supergraph/protocol';
import { SILENT_SPAN } from '@supergraph/telemetry';
import { getOperationAST, type GraphQLFormattedError, parse } from 'graphql';
import { Registry } from 'prom-client';
import { Authorization } from '../../src/authorization/authorization.ts';
import { AuthorizedEngine } from '../../src/authorization/authorized.engine.ts';
import { Policies } from '../../src/authorization/policies.ts';
import { publicError } from '../../src/errors/public-error.ts';
import { CompiledEngine } from '../../src/execution/compiled.engine.ts';
import type { Operation } from '../../src/execution/engine.ts';
import { type EngineName, GraphHolder } from '../../src/graph/live-graph.ts';
import { type RefusedRequest, RefusalLog } from '../../src/guard/refusal.log.ts';
import { OperationRecord } from '../../src/observation/operation.record.ts';
import { FederatedGraph } from './federated-graph.ts';

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.14"
  import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy", "@interfaceObject"]
)`;

/** A museum: what it shows is for everybody, what that is worth and who gave it is not. */
export const museumSchemas = {
  halls: `${LINK}
    type Query {
      openingHours: String
      exhibits: [Exhibit!]!
      exhibit(id: ID!): Exhibit
      paintings: [Painting]
      found: [Found]
      insurance: Int @requiresScopes(scopes: [["museum:audit"], ["museum:read", "money:read"]])
      vault: Vault
      safe: Vault!
      guards: Int @policy(policies: [["role:SUPPORT"], ["person", "orgRole:ADMIN"]])
      moon: Int @policy(policies: [["moon:full"]])
      grade: Grade
      many(count: Int!): [Painting]!
    }
    type Mutation {
      visit: Int
      steal(id: ID!): Int @authenticated
    }
    interface Exhibit @key(fields: "id") { id: ID! title: String price: Int next: Exhibit }
    type Painting implements Exhibit @key(fields: "id") {
      id: ID! title: String price: Int @authenticated next: Exhibit painter: Person owner: Person @authenticated
      insured: Int! @authenticated
    }
    type Statue implements Exhibit @key(fields: "id") { id: ID! title: String price: Int next: Exhibit weight: Int }
    type Relic implements Exhibit @key(fields: "id") @policy(policies: [["person"]]) {
      id: ID! title: String price: Int next: Exhibit age: Int
    }
    union Found = Painting | Relic
    type Vault @authenticated { code: String combination: [Int!]! }
    enum Grade @authenticated { GOOD BAD }
    type Person @key(fields: "id", resolvable: false) { id: ID! }`,
  people: `${LINK}
    type Query { person(id: ID!): Person }
    type Person @key(fields: "id") {
      id: ID! name: String email: String @requiresScopes(scopes: [["people:read"]]) friends: [Person!]!
    }
    type Exhibit @key(fields: "id") @interfaceObject { id: ID! visitors: Int donor: Person @authenticated }`,
};

const EXHIBITS = {
  p1: {
    __typename: 'Painting',
    id: 'p1',
    title: 'Dawn',
    price: 100,
    insured: 7,
    painter: { id: 'ann' },
    owner: { id: 'bob' },
  },
  s1: { __typename: 'Statue', id: 's1', title: 'Horse', price: 200, weight: 900 },
  r1: { __typename: 'Relic', id: 'r1', title: 'Bone', price: 300, age: 1_000 },
};
const PEOPLE: Readonly<Record<string, object>> = {
  ann: { id: 'ann', name: 'Ann', email: 'ann@example.com' },
  bob: { id: 'bob', name: 'Bob', email: 'bob@example.com' },
};
const next = { next: ({ id }: { id: string }) => (id === 'p1' ? EXHIBITS.s1 : EXHIBITS.p1) };

function museumResolvers(done: string[]) {
  const person = ({ id }: { id: string }) => PEOPLE[id] ?? null;
  const exhibit = ({ id }: { id: string }) => EXHIBITS[id as keyof typeof EXHIBITS];
  return {
    halls: {
      Query: {
        openingHours: () => '9 to 5',
        exhibits: () => Object.values(EXHIBITS),
        exhibit: (_: unknown, args: { id: string }) => exhibit(args),
        paintings: () => [EXHIBITS.p1, null, EXHIBITS.p1],
        found: () => [EXHIBITS.p1, EXHIBITS.r1],
        ...{ insurance: () => 5, guards: () => 3, moon: () => 1, grade: () => 'GOOD' },
        ...{ vault: () => ({ code: '4711', combination: [1] }), safe: () => ({ code: '4711', combination: [1] }) },
        many: (_: unknown, { count }: { count: number }) => Array.from({ length: count }, () => EXHIBITS.p1),
      },
      Mutation: {
        visit: () => done.push('visit'),
        steal: () => done.push('steal'),
      },
      Painting: { ...next, __resolveReference: exhibit },
      Statue: { ...next, __resolveReference: exhibit },
      Relic: { ...next, __resolveReference: exhibit },
      Exhibit: { __resolveReference: exhibit },
    },
    people: {
      Query: { person: (_: unknown, args: { id: string }) => person(args) },
      Person: {
        __resolveReference: person,
        friends: ({ id }: { id: string }) => (id === 'ann' ? [PEOPLE['bob']] : []),
      },
      Exhibit: { __resolveReference: ({ id }: { id: string }) => ({ id, visitors: 9, donor: PEOPLE['bob'] }) },
    },
  };
}

/** Whoever asks; nobody is known as `undefined`. */
export type Visitor = Partial<AccessTokenClaims> | undefined;

/** Nobody is known. */
export const NOBODY: Visitor = undefined;
export const SOMEBODY: Visitor = { sid: 'session' };
export const MACHINE: Visitor = { org: 'museum', orgRole: 'ADMIN' };

export interface Told {
  readonly data: any;
  readonly errors: readonly GraphQLFormattedError[];
}

export interface MuseumOptions {
  readonly schemas?: Readonly<Record<string, string>>;
  readonly errorLimit?: number;
  readonly fieldLimit?: number;
  readonly policies?: ConstructorParameters<typeof Policies>[0];
}

/** A guarded graph with its subgraphs in this process, behind an engine of choice. */
export class Museum {
  /** The mutations that ran. */
  readonly done: string[] = [];
  /** What the audit log was given. */
  readonly refused: RefusedRequest[] = [];
  readonly federated: FederatedGraph;
  readonly #engine: AuthorizedEngine;

  constructor(engine: EngineName, options: MuseumOptions = {}) {
    const { schemas = museumSchemas, errorLimit = 100, fieldLimit = 10_000, policies } = options;
    this.federated = new FederatedGraph(
      schemas,
      museumResolvers(this.done),
      engine === 'apollo' ? 'Exhibit' : undefined,
    );
    const logger = createLogger('gateway', 'silent');
    const log = new RefusalLog(logger, new Registry());
    log.record = (refused) => void this.refused.push(refused);
    const holder = new GraphHolder();
    holder.replace({ ...this.federated.graph, engine });
    const authorization = new Authorization({ policies: new Policies(policies), log, logger, errorLimit, fieldLimit });
    this.#engine = new AuthorizedEngine(new CompiledEngine(holder, logger), holder, authorization);
  }

  /** The subgraphs that were asked since the last time. */
  get calls(): readonly { subgraph: string; query: string }[] {
    return this.federated.calls;
  }

  /** Forgets what was done, but not the plans it has made: what one caller leaves behind must not serve another. */
  forget(): void {
    this.done.length = 0;
    this.refused.length = 0;
    this.federated.scripted.clear();
  }

  async ask(source: string, visitor: Visitor, variables: Record<string, unknown> = {}): Promise<Told> {
    expectNone(this.federated.faults(source));
    this.federated.calls.length = 0;
    const document = parse(source);
    const claims = visitor && { sub: 'somebody', roles: [], scope: '', iat: 0, exp: 0, ...visitor };
    const { data, errors = [] } = await this.#engine.execute({
      ...{ document, operation: getOperationAST(document)!, operationName: null, queryHash: source, source },
      request: { variables },
      context: {
        ...{ claims, logger: createLogger('gateway', 'silent') },
        record: new OperationRecord('correlation-1', SILENT_SPAN),
      },
    } as unknown as Operation);
    const shown = errors.map((error) => publicError(JSON.parse(JSON.stringify(error)), { suggestions: true }));
    return JSON.parse(JSON.stringify({ data, errors: shown }));
  }
}

function expectNone(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`The operation is not valid: ${faults.join(', ')}`);
}

/** Where something was refused, and with which code. */
export function refusalsIn({ errors }: Told): string[] {
  return errors.map(({ path, extensions }) => `${(path ?? []).join('.')} ${String(extensions?.['code'])}`);
}
