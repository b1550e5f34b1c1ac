import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '@supergraph/testkit';
import { buildASTSchema, getNamedType, type GraphQLFormattedError, isObjectType, parse } from 'graphql';
import { definitions } from './support/definitions.ts';
import { type MatrixCaller, matrixCallers } from './support/matrix/callers.ts';
import { everythingOf, reachableFrom, type Sighting, sightingsIn } from './support/matrix/everything-of.ts';
import { Listener } from './support/matrix/listener.ts';
import { ask, questions, subscriptions, TOGETHER } from './support/matrix/questions.ts';
import { mayAskFor } from './support/matrix/rules.ts';
import { FirstTenant, WITHOUT_VALUE } from './support/matrix/secrecy.ts';
import { supergraph } from './support/operations.ts';
import { createTenants, digestOf, type Tenants } from './support/tenants.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';
import { unhurried } from './support/unhurried.ts';

/** Documents that ask for everything are what other limits are there to refuse. */
const WITHOUT_LIMITS = Object.fromEntries(
  [
    'DOCUMENT_LENGTH',
    'TOKENS',
    'SELECTIONS',
    'DEPTH',
    'COST',
    'REPETITIONS',
    'ALIASES',
    'ROOT_FIELDS',
    'VARIABLES',
  ].map((name) => [`MAX_${name}`, '1000000000']),
);

/** What an answer may say besides what it shows. */
const EXPECTED: ReadonlySet<unknown> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);

/** An organization that one is not in is null to whoever is referred to it, and its fields cannot be. */
const isExpected = ({ extensions, path }: GraphQLFormattedError) =>
  EXPECTED.has(extensions?.['code']) || path?.includes('organization');

const issuer = new TokenIssuer();
let graph: TestSupergraph;
let tenants: Tenants;
let tenant: FirstTenant;
let callers: readonly MatrixCaller[];
/** What was shown to anybody, as `Type.field`. */
const seen = new Set<string>();

beforeAll(async () => {
  // Nor shall a busy machine make anything null that would have been shown.
  const environment = { ...unhurried(), ...WITHOUT_LIMITS, SUBGRAPH_TIMEOUT_MS: '30000' };
  graph = await startTestSupergraph({ trusted: issuer, demoData: false, environment });
  tenants = await createTenants(graph.database.url);
  tenant = new FirstTenant(tenants);
  callers = await matrixCallers(graph.database.url, tenants);
}, 60_000);

afterAll(() => graph?.stop());

const authorizationOf = ({ rights }: MatrixCaller) => rights && issuer.authorization(rights);

function clientOf(caller: MatrixCaller) {
  const client = graph.client();
  client.authorization = authorizationOf(caller);
  return client;
}

/** What somebody was shown and should not have been. Past the gateway, whose rules do not hold there, `isRuled` is false. */
function leaks(sightings: readonly Sighting[], { name, rights }: MatrixCaller, isRuled = true): string[] {
  for (const { type, field } of sightings) seen.add(`${type}.${field}`);
  const mayBeShown = (each: Sighting) =>
    tenant.mayBeShown(each, rights) && (!isRuled || mayAskFor(supergraph, each.type, each.field, rights));
  const shown = sightings.filter((each) => !mayBeShown(each));
  return [...new Set(shown.map(({ type, field }) => `${name} sees ${type}.${field}`))];
}

describe('Of everything in the graph nobody sees what they may not', () => {
  it('through root fields, and whatever they lead to', async () => {
    const found: string[] = [];
    const faults: unknown[] = [];
    // What is asked for together goes into each type once: plans of everything from everywhere would take minutes.
    const met = new Map<number, Set<string>>();
    const all = questions('query', tenants, ({ field }, index) => {
      const group = Math.floor(index / TOGETHER);
      if (!met.has(group)) met.set(group, new Set());
      return everythingOf(supergraph, getNamedType(field.type), met.get(group));
    });
    for (const caller of callers) {
      for (const { field, value, errors } of await ask(clientOf(caller), 'query', all)) {
        faults.push(...errors.filter((error) => !isExpected(error)));
        found.push(...leaks(sightingsIn(supergraph, { __typename: 'Query', [field]: value }), caller));
      }
    }
    expect(faults).toEqual([]);
    expect(found).toEqual([]);
  }, 120_000);

  it('by doing something that they may not', async () => {
    const before = await digestOf(graph.database.url);
    const ran: string[] = [];
    const all = questions('mutation', tenants, () => undefined);
    for (const caller of callers) {
      const refused = all.filter(({ field }) => !mayAskFor(supergraph, 'Mutation', field, caller.rights));
      const code = caller.rights ? 'FORBIDDEN' : 'UNAUTHENTICATED';
      for (const { field, value, errors } of await ask(clientOf(caller), 'mutation', refused)) {
        if (value !== null || errors[0]?.extensions?.['code'] !== code) ran.push(`${caller.name}: ${field}`);
      }
    }
    expect(ran).toEqual([]);
    expect(await digestOf(graph.database.url)).toBe(before);
  }, 60_000);

  it.each(definitions.map(({ name }) => name))(
    'through references of any type that %s answers',
    async (name) => {
      const file = new URL(`../../schema/${name}.graphql`, import.meta.url);
      const schema = buildASTSchema(parse(readFileSync(file, 'utf8')), { assumeValid: true });
      const keyed = Object.values(schema.getTypeMap()).filter(
        (type) => isObjectType(type) && type.astNode?.directives?.some((directive) => directive.name.value === 'key'),
      );
      const declared = keyed.map((type) => `$${type.name}: [_Any!]!`).join(' ');
      const selected = keyed.map((type) => {
        const everything = `... on ${type.name} ${everythingOf(schema, type)}`;
        return `${type.name}: _entities(representations: $${type.name}) { ${everything} }`;
      });
      const variables = Object.fromEntries(
        keyed.map(({ name: type }) => [type, tenants.ids[type]!.slice(0, 2).map((id) => ({ __typename: type, id }))]),
      );
      const found: string[] = [];
      for (const caller of callers) {
        const authorization = authorizationOf(caller);
        const options = { variables, ...(authorization && { authorization }) };
        const { data } = await graph.subgraph(name).query(`query (${declared}) { ${selected.join(' ')} }`, options);
        expect(data).toBeDefined();
        // The id is what was asked by, and a subgraph that only adds to a type gives it back unseen.
        const sightings = sightingsIn(supergraph, Object.values(data ?? {})).filter(({ field }) => field !== 'id');
        found.push(...leaks(sightings, caller, false));
      }
      expect(found).toEqual([]);
    },
    60_000,
  );

  it('through subscriptions', async () => {
    const queries = subscriptions(supergraph, tenants, (type) => everythingOf(supergraph, type));
    const [owner] = callers.filter(({ name }) => name === 'the tenant’s OWNER') as [MatrixCaller];
    const listeners = callers.map((caller) => ({ caller, ears: new Listener(graph.url, authorizationOf(caller)) }));
    const first = listeners.map(({ caller, ears }) => ({ caller, heard: queries.map((each) => ears.subscribe(each)) }));
    let isHeard = false;
    void Promise.all(first.find(({ caller }) => caller === owner)!.heard).then(() => (isHeard = true));
    // Nothing tells when a subscription has reached its subgraph, and what is sent before is not heard.
    for (let attempt = 0; !isHeard && attempt < 50; attempt++) {
      await provoke(owner);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(isHeard).toBe(true);
    for (const { ears } of listeners) await ears.close();
    const overheard = listeners.flatMap(({ caller, ears }) =>
      heardIn(ears.told)
        .filter((name) => !tenant.mayHear(name, caller.rights))
        .map((name) => `${caller.name} hears ${name}`),
    );
    expect([...new Set(overheard)]).toEqual([]);
    const found = listeners.flatMap(({ caller, ears }) =>
      leaks(
        sightingsIn(
          supergraph,
          ears.told.map((data) => ({ __typename: 'Subscription', ...(data as object) })),
        ),
        caller,
      ),
    );
    expect(found).toEqual([]);
  }, 30_000);

  it('and whoever may does see it: of every field a value has come by', () => {
    const all = [...reachableFrom(supergraph, ['Query', 'Subscription'])];
    expect(all.filter((each) => !seen.has(each) && !WITHOUT_VALUE.has(each))).toEqual([]);
    expect([...WITHOUT_VALUE].filter((each) => !all.includes(each))).toEqual([]);
  });
});

/** The subscriptions that told something. */
const heardIn = (told: readonly unknown[]): string[] =>
  told.flatMap((data) =>
    Object.entries((data ?? {}) as Record<string, unknown>).flatMap(([name, value]) => (value === null ? [] : [name])),
  );

/** Makes something happen that the owner's subscriptions tell of. */
async function provoke(owner: MatrixCaller): Promise<void> {
  const client = clientOf(owner);
  const send = 'mutation ($input: SendNotificationInput!) { sendNotification(input: $input) { __typename } }';
  const lead = { type: 'NEW_LEAD', variables: { leadName: 'Grace' } };
  await client.queryData(send, {
    input: { ...lead, recipientId: owner.rights!.sub, idempotencyKey: randomUUID() },
  });
  const set = 'mutation ($input: SetLowStockThresholdInput!) { setLowStockThreshold(input: $input) { __typename } }';
  // High enough for what there is to be low, and back, so that it becomes low the next time as well.
  for (const threshold of [1_000, 0]) {
    await client.queryData(set, { input: { variantId: tenants.ids['ProductVariant']![0], threshold } });
  }
}
