import { createPageLoader, loadOne, type PageArguments, type PageLoader, type Reader } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { ApiKey } from './api-key.entity.ts';
import { mayRevokeApiKey } from './api-key.policy.ts';

/** API keys by id, of the organization one acts for: those one could revoke. */
export function createApiKeyLoader({ em, session }: Reader): DataLoader<string, ApiKey | null> {
  const all = loadOne(em, ApiKey);
  return new DataLoader(async (ids) => {
    const keys = await all.loadMany(ids);
    return keys.map((key) => (key instanceof ApiKey && !mayRevokeApiKey(session, key) ? null : key));
  });
}

/** The API keys of organizations that are not revoked, the latest first. */
export function createApiKeysLoader({ em }: Reader): PageLoader<ApiKey, PageArguments> {
  return createPageLoader(em, ApiKey, {
    partitionBy: 'organizationId',
    list: () => ({ where: { revokedAt: null }, orderBy: { createdAt: 'desc' } }),
  });
}
