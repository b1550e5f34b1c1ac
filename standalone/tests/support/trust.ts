import type { TestDatabase, TokenIssuer } from '@supergraph/testkit';
import pg from 'pg';

const PUBLISH = `
  insert into identity.signing_key (kid, public_jwk, sealed_private_key, created_at, signs_from)
  values ($1, $2, 'kept by the test', now(), now())`;

/**
 * Publishes the key of an issuer among identity's, so that a test can sign tokens that are wrong in one way only.
 * Identity itself goes on signing with a key of its own. To be called before the graph is started.
 */
export async function trust(database: TestDatabase, { kid, publicKey }: TokenIssuer): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(PUBLISH, [kid, { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }]);
  } finally {
    await client.end();
  }
}
