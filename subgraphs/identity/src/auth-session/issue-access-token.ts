import { ACCESS_TOKEN_ALGORITHM } from '@supergraph/protocol';
import jsonwebtoken from 'jsonwebtoken';
import type { IdentityWork } from '../context.ts';
import type { TokenGrants } from '../role/grants-of-user.ts';
import type { User } from '../user/user.entity.ts';

/** Short, because a token cannot be taken back: what it grants is out of date by at most this much. */
export const ACCESS_TOKEN_LIFETIME_SECONDS = 15 * 60;

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface AccessTokenSubject {
  readonly user: User;
  readonly grants: TokenGrants;
  /** The sign-in session the token belongs to; API keys have none. */
  readonly sessionId?: string;
  /** The API key it was exchanged for. */
  readonly apiKeyId?: string;
  /** Who really acts, when support works in the user's name. */
  readonly actorId?: string | null;
}

/** Signs what identity vouches for, for the next 15 minutes. */
export async function issueAccessToken(
  { services, clock }: Pick<IdentityWork, 'services' | 'clock'>,
  { user, grants, sessionId, apiKeyId, actorId }: AccessTokenSubject,
): Promise<AccessToken> {
  const { TOKEN_ISSUER, TOKEN_AUDIENCE } = services.environment;
  const key = await services.signingKeys.current();
  const issuedAt = Math.floor(clock.now().getTime() / 1000);
  const claims = {
    iss: TOKEN_ISSUER,
    aud: TOKEN_AUDIENCE,
    sub: user.id,
    sid: sessionId,
    key: apiKeyId,
    org: grants.organizationId,
    orgRole: grants.organizationRole,
    roles: grants.roles,
    persona: user.persona,
    scope: grants.permissions.join(' '),
    ...(actorId ? { act: { sub: actorId } } : {}),
    iat: issuedAt,
    exp: issuedAt + ACCESS_TOKEN_LIFETIME_SECONDS,
  };
  return {
    token: jsonwebtoken.sign(claims, key.privateKey, { algorithm: ACCESS_TOKEN_ALGORITHM, keyid: key.kid }),
    expiresAt: new Date(claims.exp * 1000),
  };
}
