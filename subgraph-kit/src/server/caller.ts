import {
  type AccessTokenRules,
  bearerToken,
  ErrorCode,
  InvalidAccessToken,
  type Logger,
  VerificationKeysUnavailable,
  VerifiedTokens,
} from '@supergraph/protocol';
import { DomainError, unauthenticated } from '../errors/domain.error.ts';
import { Session } from '../session/session.ts';

/** How a subgraph learns who is asking. It never takes the gateway's word for it: the token is verified here again. */
export class CallerIdentity {
  readonly #tokens: VerifiedTokens;
  readonly #log: Logger;

  constructor(rules: AccessTokenRules, log: Logger) {
    this.#tokens = new VerifiedTokens(rules);
    this.#log = log;
  }

  /** The session of an `Authorization` header. A token that does not hold is refused, not treated as absent. */
  async sessionOf(authorization: string | undefined): Promise<Session> {
    if (!authorization) return Session.anonymous;
    const token = bearerToken(authorization);
    if (!token) throw unauthenticated('The Authorization header must be "Bearer <token>".');
    try {
      return Session.fromClaims(await this.#tokens.verify(token));
    } catch (error) {
      if (error instanceof VerificationKeysUnavailable) {
        throw new DomainError(ErrorCode.SUBGRAPH_UNAVAILABLE, 'Access tokens cannot be verified right now.');
      }
      if (!(error instanceof InvalidAccessToken)) throw error;
      this.#log.info({ reason: error.message }, 'access token refused');
      throw unauthenticated('The access token is not valid.');
    }
  }
}
