import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '@supergraph/testkit';
import type { GraphQLFormattedError } from 'graphql';
import type { GraphClient } from './support/graph.client.ts';
import { argumentsOf, nameOf, operationWith } from './support/operations.ts';
import { createTenants } from './support/tenants.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const issuer = new TokenIssuer();
let graph: TestSupergraph;
/** May do whatever anybody may: no input is stopped by a right that is missing. */
let client: GraphClient;

const places = argumentsOf(['ID', 'String', 'EmailAddress', 'DateTime', 'JSON']);

beforeAll(async () => {
  // What is refused for its rate would not be tried at all.
  const RATE_LIMITS = places.map(({ kind, field }) => `${kind === 'query' ? 'Query' : 'Mutation'}.${field.name}=off`);
  const environment = { RATE_LIMITS: RATE_LIMITS.join(',') };
  graph = await startTestSupergraph({ trusted: issuer, demoData: false, environment });
  const { staff } = await createTenants(graph.database.url);
  client = graph.client();
  client.authorization = issuer.authorization(staff);
}, 60_000);

afterAll(() => graph?.stop());

/** Each has broken something somewhere. */
const HOSTILE: Readonly<Record<string, string>> = {
  'a character that PostgreSQL does not keep': 'nothing\u0000 here',
  'half of a surrogate pair': 'half \ud83d of it',
  'half a megabyte': 'a'.repeat(500_000),
  'what ends a statement': `'; drop schema identity cascade; --`,
  'a year that PostgreSQL does not know': '+275760-09-13T00:00:00.000Z',
  'nothing at all': '',
};

/** Identity's own limits, which belong to what is tried here, do not name themselves. */
const isRefusedByGateway = ({ extensions }: GraphQLFormattedError): boolean =>
  extensions?.code === 'RATE_LIMITED' && extensions.limit !== undefined;

describe('whatever is put into', () => {
  it.each(places.map((place) => [nameOf(place), place] as const))('%s', async (_, place) => {
    for (const value of Object.values(HOSTILE)) {
      for (const wrapped of place.scalar === 'JSON' ? [value, { name: value }, [value]] : [value]) {
        const { document, variables } = operationWith(place, wrapped);
        const { errors = [] } = await client.query(document, variables);
        expect(errors.map(({ extensions }) => extensions?.code)).not.toContain('INTERNAL_SERVER_ERROR');
        expect(errors.filter(isRefusedByGateway)).toEqual([]);
        expect(JSON.stringify(errors).length).toBeLessThan(5_000);
      }
    }
  });
});

describe('a value that does not fit', () => {
  it.each([
    [
      'as a variable',
      'mutation ($email: EmailAddress!) { requestPasswordReset(input: { email: $email }) { accepted } }',
      { email: 'nonsense' },
    ],
    ['in the document', 'mutation { requestPasswordReset(input: { email: "nonsense" }) { accepted } }', {}],
  ])('is the client’s to mend, %s', async (_, document, variables) => {
    const { errors } = await client.query(document, variables);
    expect(errors!.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
  });
});
