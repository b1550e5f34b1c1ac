import type { Session } from '@supergraph/subgraph-kit';

/** Whoever writes templates reads them; nobody else has to. */
export function mayReadTemplates(session: Session): boolean {
  return session.can('messaging:templates.write');
}

/** In its own name an organization speaks as it likes; what the platform says is for its administrators to write. */
export function mayWriteTemplatesOf(session: Session, organizationId: string | null): boolean {
  if (!session.can('messaging:templates.write')) return false;
  return organizationId === null
    ? session.hasRole('SUPER_ADMIN') || session.isSystem
    : session.organizationId === organizationId;
}
