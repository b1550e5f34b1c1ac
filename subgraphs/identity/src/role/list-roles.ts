import type { IdentityWork } from '../context.ts';
import { Permission } from './permission.entity.ts';
import { Role } from './role.entity.ts';

/** All roles. For everybody who is signed in: whoever is to give somebody a role has to know what it means. */
export async function listRoles(work: IdentityWork): Promise<Role[]> {
  work.session.requireUser();
  return work.em.find(Role, {}, { orderBy: { scope: 'desc', name: 'asc' } });
}

/** Everything roles can allow. */
export async function listPermissions(work: IdentityWork): Promise<Permission[]> {
  work.session.requireUser();
  return work.em.find(Permission, {}, { orderBy: { name: 'asc' } });
}
