import type { Route } from '@supergraph/subgraph-kit';
import type { SigningKeys } from './signing-keys.ts';

/** How long the key set may be kept. A new key is published for longer than this before it signs. */
export const JWKS_MAX_AGE_SECONDS = 300;

/** The public keys of access tokens, for everybody who has to verify one. */
export const jwksRoute: Route<{ readonly signingKeys: SigningKeys }> = async (_request, { signingKeys }) => ({
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(await signingKeys.publicKeySet()),
  headers: { 'cache-control': `public, max-age=${JWKS_MAX_AGE_SECONDS}`, 'access-control-allow-origin': '*' },
});
