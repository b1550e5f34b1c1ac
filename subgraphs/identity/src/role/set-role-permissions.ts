import { LockMode } from '@mikro-orm/postgresql';
import { badUserInput, conflict, notFound, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { Permission } from './permission.entity.ts';
import { PlatformRole } from './platform-role.ts';
import { Role } from './role.entity.ts';
import { RolePermission } from './role-permission.entity.ts';
import { maySetRolePermissions } from './role.policy.ts';

export interface RolePermissions {
  readonly role: string;
  readonly permissions: readonly string[];
}

/**
 * Decides what a role allows. Tokens that are out keep what they carry, so it is in effect everywhere within 15 minutes.
 *
 * @throws `CONFLICT` when SUPER_ADMIN would lose a right: nobody would be left to give it back
 */
export async function setRolePermissions(work: IdentityWork, input: RolePermissions): Promise<Role> {
  const { session, em } = work;
  permit(session, maySetRolePermissions(session));
  const wanted = new Set(input.permissions);
  return work.transaction(async () => {
    const role = await em.findOne(Role, { name: input.role }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!role) throw notFound('Role');
    await refuseUnknown(work, wanted);
    const granted = await em.find(RolePermission, { role: role.name });
    const lost = granted.filter(({ permission }) => !wanted.has(permission));
    if (role.name === PlatformRole.SUPER_ADMIN && lost.length > 0) {
      throw conflict('SUPER_ADMIN keeps all its rights, or nobody could give them back.');
    }
    for (const grant of lost) em.remove(grant);
    const known = new Set(granted.map(({ permission }) => permission));
    const gained = [...wanted].filter((permission) => !known.has(permission));
    for (const permission of gained) em.create(RolePermission, { role: role.name, permission });
    const permissions = [...wanted].sort();
    if (lost.length + gained.length > 0) work.publish('role.changed', { role: role.name, permissions });
    return role;
  });
}

async function refuseUnknown(work: IdentityWork, names: ReadonlySet<string>): Promise<void> {
  const known = await work.em.find(Permission, { name: { $in: [...names] } });
  const unknown = [...names].filter((name) => !known.some((permission) => permission.name === name));
  if (unknown.length > 0) {
    throw badUserInput([{ path: 'input.permissions', message: `There is no permission ${unknown.join(', ')}.` }]);
  }
}
