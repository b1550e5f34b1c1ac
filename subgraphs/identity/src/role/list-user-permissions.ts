import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { Membership } from '../membership/membership.entity.ts';
import { User } from '../user/user.entity.ts';
import { grantsOfUser } from './grants-of-user.ts';
import { Permission } from './permission.entity.ts';
import { mayReadPermissionsOf } from './role.policy.ts';

export interface PermissionsQuestion {
  /** Oneself unless told. */
  readonly userId?: string | null;
  /** The one the caller acts for, for oneself; the personal one for others. */
  readonly organizationId?: string | null;
}

/** What a token that is issued at this moment would allow. */
export async function listUserPermissions(work: IdentityWork, question: PermissionsQuestion): Promise<Permission[]> {
  const { session, em } = work;
  const id = question.userId ? parseId('User', question.userId) : session.requireUser();
  permit(session, mayReadPermissionsOf(session, id));
  const given = question.organizationId && parseId('Organization', question.organizationId);
  const organizationId = given || (session.is(id) ? session.organizationId : undefined);
  return elevated(work, async () => {
    const user = await em.findOne(User, { id });
    if (!user) throw notFound('User');
    if (given && (await em.count(Membership, { organizationId: given, userId: id })) === 0) {
      throw notFound('Organization');
    }
    const { permissions } = await grantsOfUser(em, user, organizationId);
    return em.find(Permission, { name: { $in: [...permissions] } }, { orderBy: { name: 'asc' } });
  });
}
