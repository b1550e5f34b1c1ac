import type { Session } from '@supergraph/subgraph-kit';
import { BroadcastAudience } from './broadcast.entity.ts';

export function mayReadBroadcasts(session: Session): boolean {
  return session.can('messaging:broadcast');
}

/** Within the active organization; to the whole platform only its administrators speak. */
export function mayBroadcastTo(session: Session, audience: BroadcastAudience): boolean {
  if (!session.can('messaging:broadcast')) return false;
  return audience !== BroadcastAudience.ALL || session.hasRole('SUPER_ADMIN');
}

/** Whether a broadcast is the caller's to see: their organization's, or, for administrators, the platform's. */
export function isBroadcastOf(session: Session, organizationId: string | null | undefined): boolean {
  if (session.isSystem) return true;
  return organizationId ? organizationId === session.organizationId : session.hasRole('SUPER_ADMIN');
}
