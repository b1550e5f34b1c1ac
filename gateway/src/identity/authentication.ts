import {
  type AccessTokenClaims,
  bearerToken,
  type Clock,
  RemoteVerificationKeys,
  VerifiedTokens,
} from '@supergraph/protocol';
import type { GatewaySettings } from '../settings.ts';

/**
 * Finds out who sends this `Authorization` header. `undefined` means anonymous; a token that does not hold throws
 * `InvalidAccessToken`, and the whole request is then to be refused.
 */
export type Authenticate = (authorization: string | undefined) => Promise<AccessTokenClaims | undefined>;

/** Verifies against the configured key set. Without one nobody is known, and it is for the subgraphs to judge tokens. */
export function createAuthentication(settings: GatewaySettings, clock: Clock): Authenticate {
  if (!settings.jwksUrl) return async () => undefined;
  const tokens = new VerifiedTokens({
    issuer: settings.tokenIssuer,
    audience: settings.tokenAudience,
    keys: new RemoteVerificationKeys(settings.jwksUrl),
    clock,
  });
  return async (authorization) => {
    const token = bearerToken(authorization);
    return token === undefined ? undefined : tokens.verify(token);
  };
}
