import { createPageLoader, loadOne, type PageLoader, type PageArguments, type Reader } from '@supergraph/subgraph-kit';
import type DataLoader from 'dataloader';
import { AuthSession } from './auth-session.entity.ts';

/** Sessions by id. The database shows everybody their own only. */
export function createSessionLoader({ em }: Reader): DataLoader<string, AuthSession | null> {
  return loadOne(em, AuthSession);
}

/** The sessions in which a user is signed in at present, the latest use first. */
export function createSessionsOfUserLoader({ em, clock }: Reader): PageLoader<AuthSession, PageArguments> {
  return createPageLoader(em, AuthSession, {
    partitionBy: 'userId',
    list: () => ({ where: { revokedAt: null, expiresAt: { $gt: clock.now() } }, orderBy: { lastUsedAt: 'desc' } }),
  });
}
