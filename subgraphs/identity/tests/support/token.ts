import type { AccessTokenClaims } from '@supergraph/protocol';
import jsonwebtoken from 'jsonwebtoken';

/** What an access token says, unverified. */
export function jwtDecode(token: string): AccessTokenClaims {
  return jsonwebtoken.decode(token) as unknown as AccessTokenClaims;
}
