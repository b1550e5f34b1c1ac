import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '@supergraph/testkit';
import { getNamedType, type GraphQLObjectType, isCompositeType } from 'graphql';
import type { GraphResult } from './support/graph.client.ts';
import { type Argument, argumentsOf, nameOf, operationWith, supergraph } from './support/operations.ts';
import { namedType } from './support/named-type.ts';
import { COUNT } from './support/tenant-count.ts';
import { type Caller, createTenants, digestOf, type Tenants } from './support/tenants.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const issuer = new TokenIssuer();
let graph: TestSupergraph;
let tenants: Tenants;

beforeAll(async () => {
  graph = await startTestSupergraph({ trusted: issuer, demoData: false });
  tenants = await createTenants(graph.database.url);
}, 60_000);

afterAll(() => graph?.stop());

/** Every type that others may refer to, with the subgraphs that answer for it. */
function keyedTypes(): [type: string, subgraph: string][] {
  return Object.values(supergraph.getTypeMap()).flatMap((type) =>
    (type.astNode?.directives ?? [])
      .filter(
        ({ name, arguments: given }) =>
          name.value === 'join__type' &&
          given?.some((one) => one.name.value === 'key') &&
          // Known by its id alone, and never asked for.
          !given.some((one) => one.name.value === 'resolvable'),
      )
      .map(({ arguments: given }) => given!.find((one) => one.name.value === 'graph')!.value)
      .map((value) => [type.name, (value as { value: string }).value.toLowerCase()] as [string, string]),
  );
}

/** Those that only the platform's own people see, whoever they are about. */
const FOR_STAFF = new Set(['DeadLetter', 'EmailMessage', 'Impersonation']);

/** Of these a subgraph knows nothing but the id it was asked with: it is given back to whoever has it. */
const STUBS = new Set(['User of messaging', 'User of commerce', 'Organization of commerce']);

/** Those that everybody may see, of people their names and pictures. */
const PUBLIC = new Set(['Category', 'User']);

/** Leads to nothing but what everybody may see, whosever the shop is. */
const TO_WHAT_IS_PUBLIC = 'products.filter.shopId';

describe.each(keyedTypes())('a reference to %s, answered by %s', (type, subgraph) => {
  const resolve = (ids: readonly string[], caller: Caller) =>
    graph.subgraph(subgraph).entities<{ id: string }>(type, ids, 'id', { authorization: issuer.authorization(caller) });
  const reader = () => (FOR_STAFF.has(type) ? tenants.staff : tenants.owner);
  const own = () => tenants.ids[type] ?? [];

  it('has a fixture here', () => {
    expect(own()).toHaveLength(COUNT);
  });

  it('finds what is one’s own, in the order of asking, for the same statements whether it is 2 or 20', async () => {
    const shuffled = own().toReversed();
    expect(await resolve(shuffled, reader())).toEqual(shuffled.map((id) => ({ id })));
    const two = await graph.sql.fewestDuring(5, () => resolve(own().slice(0, 2), reader()));
    const twenty = await graph.sql.fewestDuring(5, () => resolve(own(), reader()));
    expect(twenty).toBe(two);
  });

  it('may be repeated, and is null where there is nothing', async () => {
    const [first, second] = own() as [string, string];
    const isStub = STUBS.has(`${type} of ${subgraph}`);
    const asked = [second, isStub ? 'nothing' : randomUUID(), first, 'not-an-id', second];
    expect((await resolve(asked, reader())).map((found) => found?.id)).toEqual([
      second,
      undefined,
      first,
      undefined,
      second,
    ]);
  });

  it('is null for a stranger with the same rights elsewhere', async () => {
    if (PUBLIC.has(type) || STUBS.has(`${type} of ${subgraph}`)) return;
    expect(await resolve(own().slice(0, 3), tenants.stranger)).toEqual([null, null, null]);
  });
});

describe('a person', () => {
  it('referred to by another subgraph shows a stranger a name and a picture, and nothing else', async () => {
    const fields = (supergraph.getType('User') as GraphQLObjectType).getFields();
    const ofIdentity = Object.values(fields).filter(({ name }) => !/otification|^(cart|orders|reviews)$/.test(name));
    const selection = ofIdentity.map(({ name, type }) =>
      isCompositeType(getNamedType(type)) ? `${name} { __typename }` : name,
    );
    const authorization = issuer.authorization(tenants.stranger);
    const [id] = tenants.ids.User!;
    const [person] = await graph.subgraph('identity').entities('User', [id!], selection.join(' '), { authorization });
    const shown = Object.entries(person!).filter(([, value]) => value !== null);
    expect(Object.fromEntries(shown)).toEqual({ id, name: 'Person 1', avatarUrl: 'https://example.com/picture' });
  });
});

/** Takes away the organization that is acted for. */
const ENDS_ALL = 'deleteOrganization';

describe('what takes an id', () => {
  const everything = argumentsOf(['ID']);
  // Without what the others need there is nothing to ask about.
  const inOrder = everything.toSorted((a, b) => Number(a.field.name === ENDS_ALL) - Number(b.field.name === ENDS_ALL));
  /** Invitations are answered by the invited, who belongs to neither organization. */
  const byTheInvited = new Set(['acceptInvitation', 'declineInvitation']);

  /** What is on offer is everybody's, and a cart answers of what is in it alone: commerce tests who may what. */
  const ofOffers = new Set(['addToCart', 'changeCartItem', 'removeFromCart', 'acceptCartPrices']);

  function ask(argument: Argument, id: string, caller: Caller): Promise<GraphResult> {
    const client = graph.client();
    client.authorization = issuer.authorization(caller);
    const { document, variables } = operationWith(argument, id);
    return client.query(document, variables);
  }

  it.each(everything.map((argument) => [nameOf(argument), argument] as const))(
    '(%s) answers a stranger for what is not theirs as for what is not there, and changes nothing',
    async (_, argument) => {
      const type = namedType(argument);
      expect(type).toBeDefined();
      if (type === 'Category') return;
      const [id, missing] = [tenants.ids[type!]![0]!, randomUUID()];
      const before = await digestOf(graph.database.url);
      const foreign = JSON.stringify(await ask(argument, id, tenants.stranger)).replaceAll(id, 'id');
      expect(foreign).toBe(JSON.stringify(await ask(argument, missing, tenants.stranger)).replaceAll(missing, 'id'));
      expect(foreign).not.toMatch(/BAD_USER_INPUT|VALIDATION_FAILED|INTERNAL_SERVER_ERROR|UNAUTHENTICATED|VERSION/);
      expect(await digestOf(graph.database.url)).toBe(before);
    },
  );

  // Last, because it changes much. Shows that the refusals above are for the stranger and not for the question.
  it.each(inOrder.map((argument) => [nameOf(argument), argument] as const))(
    '(%s) answers those whose it is otherwise',
    async (_, argument) => {
      if (byTheInvited.has(argument.field.name) || ofOffers.has(argument.field.name)) return;
      // An item is looked for in what it was ordered with alone: commerce tests that.
      if (argument.path.at(-1) === 'orderItemId') return;
      if (byTheInvited.has(argument.field.name) || nameOf(argument) === TO_WHAT_IS_PUBLIC) return;
      const ids = tenants.ids[namedType(argument)!]!;
      const isLasting = argument.kind === 'query' || namedType(argument) === 'Organization';
      // What is changed here must not be what the next one asks for.
      const id = isLasting ? ids[0]! : ids[1 + (everything.indexOf(argument) % (COUNT - 1))]!;
      const told: string[] = [];
      for (const caller of [tenants.owner, tenants.staff]) {
        const missing = randomUUID();
        const ofTheirs = JSON.stringify(await ask(argument, id, caller)).replaceAll(id, 'id');
        const ofNothing = JSON.stringify(await ask(argument, missing, caller)).replaceAll(missing, 'id');
        if (ofTheirs !== ofNothing) told.push(ofTheirs);
      }
      expect(told.length).toBeGreaterThan(0);
    },
  );
});
