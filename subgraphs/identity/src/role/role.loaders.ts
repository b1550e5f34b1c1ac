import type { Reader } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { Permission } from './permission.entity.ts';
import { RolePermission } from './role-permission.entity.ts';

/** What roles allow, by the role's name, sorted by name. */
export function createPermissionsOfRoleLoader({ em }: Reader): DataLoader<string, Permission[]> {
  return new DataLoader(async (roles) => {
    const [granted, permissions] = await Promise.all([
      em.find(RolePermission, { role: { $in: [...roles] } }),
      em.find(Permission, {}, { orderBy: { name: 'asc' } }),
    ]);
    const pairs = new Set(granted.map(({ role, permission }) => `${role} ${permission}`));
    return roles.map((role) => permissions.filter(({ name }) => pairs.has(`${role} ${name}`)));
  });
}
