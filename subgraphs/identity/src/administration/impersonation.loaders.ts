import { loadOne, type Reader, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { mayAuditImpersonations } from './administration.policy.ts';
import { Impersonation } from './impersonation.entity.ts';

/** Impersonations by id, for the audit; `null` to everybody else. */
export function createImpersonationLoader({ em, session }: Reader): DataLoader<string, Impersonation | null> {
  if (!mayAuditImpersonations(session)) return new DataLoader(async (ids) => ids.map(() => null));
  const loader = loadOne(em, Impersonation);
  return new DataLoader((ids) => withRowScope(Session.system(), () => loader.loadMany(ids)));
}
