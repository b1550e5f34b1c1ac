import { findPage, type Page, parseId, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevatedPage } from '../elevation.ts';
import type { ImpersonationArguments } from './administration.inputs.ts';
import { mayAuditImpersonations } from './administration.policy.ts';
import { Impersonation } from './impersonation.entity.ts';

/** Who worked in whose name, the latest first. */
export async function listImpersonations(
  work: IdentityWork,
  { filter, ...args }: ImpersonationArguments,
): Promise<Page<Impersonation>> {
  permit(work.session, mayAuditImpersonations(work.session));
  const where = {
    ...(filter?.userId && { userId: parseId('User', filter.userId) }),
    ...(filter?.impersonatorId && { impersonatorId: parseId('User', filter.impersonatorId) }),
  };
  return elevatedPage(() => findPage(work.em, Impersonation, { where, orderBy: { startedAt: 'desc' }, args }));
}
