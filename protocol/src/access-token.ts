import type { Jwt, JwtPayload } from 'jsonwebtoken';
import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';
import { type Clock, systemClock } from './clock.ts';
import type { VerificationKeys } from './verification-keys.ts';

/** The only algorithm that is accepted. Pinned, so that neither `none` nor HMAC with our public key gets anywhere. */
export const ACCESS_TOKEN_ALGORITHM = 'ES256';

/** What identity vouches for. Lives 15 minutes; see `docs/decisions` for why it carries permissions. */
export const accessTokenClaims = z.object({
  /** The user. */
  sub: z.uuid(),
  /** The organization the user is acting for. */
  org: z.uuid().optional(),
  /** The user's role in `org`. */
  orgRole: z.enum(['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'VIEWER']).optional(),
  /** Roles in the platform itself. */
  roles: z.array(z.string()).default([]),
  /** What the person came to do. */
  persona: z.enum(['CUSTOMER', 'SHOP_OWNER', 'VENDOR', 'BUILDER', 'END_USER', 'SALES']).optional(),
  /** Space-separated permissions, `domain:action`. */
  scope: z.string().default(''),
  /** The sign-in session this token belongs to; absent for API keys. */
  sid: z.uuid().optional(),
  /** The API key this token was exchanged for; absent for people. */
  key: z.uuid().optional(),
  /** Who really acts, when support works in a user's name. */
  act: z.object({ sub: z.uuid() }).optional(),
  /** Unix seconds. */
  iat: z.number(),
  /** Unix seconds. */
  exp: z.number(),
});

export type AccessTokenClaims = z.infer<typeof accessTokenClaims>;

export interface AccessTokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: VerificationKeys;
  readonly clock?: Clock;
}

/** A token that does not hold. The message says why, for our logs; a caller is only told `UNAUTHENTICATED`. */
export class InvalidAccessToken extends Error {
  override readonly name = 'InvalidAccessToken';
}

/** Reads `Authorization: Bearer <token>`. Any other scheme counts as no token. */
export function bearerToken(authorization: string | undefined): string | undefined {
  return authorization?.match(/^Bearer +(\S+)$/i)?.[1];
}

/** Verifies signature, algorithm, key, issuer, audience and times of an access token and returns its claims. */
export async function verifyAccessToken(token: string, rules: AccessTokenRules): Promise<AccessTokenClaims> {
  const header = decodeHeader(token);
  if (header.alg !== ACCESS_TOKEN_ALGORITHM) throw new InvalidAccessToken('the algorithm is not accepted');
  if (!header.kid) throw new InvalidAccessToken('no key id');
  const key = await rules.keys.find(header.kid);
  if (!key) throw new InvalidAccessToken('the key is not known');
  let payload: string | JwtPayload;
  try {
    payload = jsonwebtoken.verify(token, key, {
      algorithms: [ACCESS_TOKEN_ALGORITHM],
      issuer: rules.issuer,
      audience: rules.audience,
      clockTimestamp: Math.floor((rules.clock ?? systemClock).now().getTime() / 1000),
    });
  } catch (error) {
    throw new InvalidAccessToken((error as Error).message);
  }
  const claims = accessTokenClaims.safeParse(payload);
  if (!claims.success) throw new InvalidAccessToken('claims are not of our shape');
  return claims.data;
}

function decodeHeader(token: string): Jwt['header'] {
  let decoded: Jwt | null = null;
  try {
    decoded = jsonwebtoken.decode(token, { complete: true });
  } catch {
    // Not even base64 and JSON: the same as no header.
  }
  if (!decoded) throw new InvalidAccessToken('not a token');
  return decoded.header;
}
