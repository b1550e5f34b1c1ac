import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TokenIssuer } from '@supergraph/testkit';
import type { GraphClient } from './support/graph.client.ts';
import { argumentsOf, nameOf, operationWith } from './support/operations.ts';
import { createTenants } from './support/tenants.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';

const issuer = new TokenIssuer();
let graph: TestSupergraph;
/** May do whatever anybody may: no input is stopped by a right that is missing. */
let client: GraphClient;

beforeAll(async () => {
  graph = await startTestSupergraph({ trusted: issuer, demoData: false });
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

const places = argumentsOf(['ID', 'String', 'EmailAddress', 'DateTime', 'JSON']);

describe('whatever is put into', () => {
  it.each(places.map((place) => [nameOf(place), place] as const))('%s', async (_, place) => {
    for (const value of Object.values(HOSTILE)) {
      for (const wrapped of place.scalar === 'JSON' ? [value, { name: value }, [value]] : [value]) {
        const { document, variables } = operationWith(place, wrapped);
        const { errors = [] } = await client.query(document, variables);
        expect(errors.map(({ extensions }) => extensions?.code)).not.toContain('INTERNAL_SERVER_ERROR');
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
