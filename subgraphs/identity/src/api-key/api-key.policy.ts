import type { Session } from '@supergraph/subgraph-kit';
import type { ApiKey } from './api-key.entity.ts';

export function mayMakeApiKeys(session: Session): boolean {
  return session.can('identity:api_keys.write');
}

/** A key may do nothing that whoever makes it may not. */
export function mayHandOver(session: Session, scopes: readonly string[]): boolean {
  return scopes.every((scope) => session.can(scope));
}

/** One's own, and those of colleagues for whoever may make keys themselves. */
export function mayRevokeApiKey(session: Session, key: ApiKey): boolean {
  return session.is(key.userId) || mayMakeApiKeys(session);
}
