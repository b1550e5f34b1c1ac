import type { Dictionary, EntityManager, FilterDef } from '@mikro-orm/postgresql';
import { Filter } from '@mikro-orm/decorators/legacy';
import type { Session } from '../session/session.ts';

const TENANT = 'tenant';

/**
 * Marks an entity as owned by an organization (property `organizationId`): whoever reads it sees only rows of the
 * organization they act for. On by default; the database enforces the same with row-level security.
 */
export function OrganizationOwned(): ClassDecorator {
  return Filter({
    name: TENANT,
    default: true,
    cond: (tenant: Dictionary): object => {
      if (tenant.system) return {};
      // Never `is null`: a row that nobody owns is not the row of whoever acts for nobody.
      return { organizationId: { $in: tenant.organizationId ? [tenant.organizationId] : [] } };
    },
  } as FilterDef) as ClassDecorator;
}

/** Tells an entity manager on whose behalf it reads. Without a session, organization-owned entities have no rows. */
export function applyTenant(em: EntityManager, session: Session): EntityManager {
  em.setFilterParams(TENANT, { system: session.isSystem, organizationId: session.organizationId });
  return em;
}
