import { type AccessTokenClaims, bearerToken } from '@supergraph/protocol';
import type { Authenticate } from '../identity/authentication.ts';

/** Whom a socket speaks for. */
export interface SocketIdentity {
  /** As subgraphs get it. Absent for anonymous callers. */
  readonly authorization?: string | undefined;
  readonly claims?: AccessTokenClaims | undefined;
}

type Payload = Record<string, unknown> | null | undefined;

/** Reads and verifies the token in the payload of `connection_init`: `{ Authorization: "Bearer …" }` or `{ token }`. */
export async function identify(payload: Payload, authenticate: Authenticate): Promise<SocketIdentity> {
  const authorization = authorizationOf(payload);
  return { authorization, claims: await authenticate(authorization) };
}

/**
 * The identity after a ping, which may carry a fresh token of the same session. A ping without a token changes nothing.
 *
 * A socket cannot change hands: its running subscriptions were allowed for whoever opened it, in that session and for
 * that organization.
 */
export async function refresh(
  current: SocketIdentity,
  payload: Payload,
  authenticate: Authenticate,
): Promise<SocketIdentity> {
  if (!authorizationOf(payload)) return current;
  const fresh = await identify(payload, authenticate);
  if (!isSameCaller(current.claims, fresh.claims)) throw new Error("the token is another session's");
  return fresh;
}

function isSameCaller(current: AccessTokenClaims | undefined, fresh: AccessTokenClaims | undefined): boolean {
  return (
    current?.sub === fresh?.sub &&
    current?.sid === fresh?.sid &&
    current?.key === fresh?.key &&
    current?.org === fresh?.org &&
    current?.act?.sub === fresh?.act?.sub
  );
}

function authorizationOf(payload: Payload): string | undefined {
  const { token, authorization, Authorization } = payload ?? {};
  if (typeof token === 'string' && token) return `Bearer ${token}`;
  const header = authorization ?? Authorization;
  return typeof header === 'string' && bearerToken(header) ? header : undefined;
}
