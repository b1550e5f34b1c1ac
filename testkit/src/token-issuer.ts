import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  ACCESS_TOKEN_ALGORITHM,
  type AccessTokenClaims,
  type Clock,
  systemClock,
  type VerificationKeys,
} from '@supergraph/protocol';
import jsonwebtoken from 'jsonwebtoken';

export const TEST_ISSUER = 'supergraph-identity';
export const TEST_AUDIENCE = 'supergraph';

/** A sign-in session of nobody in particular: a token without one is an API key's. */
const SESSION_ID = '01990000-0000-7000-8000-000000000000';

export type TestClaims = Partial<Omit<AccessTokenClaims, 'iat' | 'exp'>> & { sub: string };

/** Signs tokens as identity would, for tests of everything that only verifies them. */
export class TokenIssuer implements VerificationKeys {
  readonly kid = 'test-key';
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly #clock: Clock;

  constructor(clock: Clock = systemClock) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey;
    this.#clock = clock;
  }

  async find(kid: string): Promise<KeyObject | undefined> {
    return kid === this.kid ? this.publicKey : undefined;
  }

  /** The value of an `Authorization` header for this caller. */
  authorization(claims: TestClaims): string {
    return `Bearer ${this.sign(claims)}`;
  }

  sign(claims: TestClaims, options: jsonwebtoken.SignOptions = {}): string {
    const iat = Math.floor(this.#clock.now().getTime() / 1000);
    return jsonwebtoken.sign(
      { sid: SESSION_ID, roles: [], scope: '', iat, exp: iat + 900, ...claims },
      this.privateKey,
      {
        algorithm: ACCESS_TOKEN_ALGORITHM,
        keyid: this.kid,
        issuer: TEST_ISSUER,
        audience: TEST_AUDIENCE,
        ...options,
      },
    );
  }
}
