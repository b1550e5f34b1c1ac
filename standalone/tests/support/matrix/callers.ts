import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Tenants } from '../tenants.ts';
import type { Rights } from './rules.ts';

export interface MatrixCaller {
  readonly name: string;
  /** What their token says; nobody has none. */
  readonly rights: (Rights & { readonly sub: string }) | undefined;
}

const ROLES = ['OWNER', 'ADMIN', 'MANAGER', 'AGENT', 'VIEWER'] as const;

/**
 * Everybody who may come: nobody, each role of the first tenant and of the platform with what it grants, and with every
 * permission that an organization can give: an owner, machines, and the owner of another organization.
 */
export async function matrixCallers(url: string, { owner, stranger, staff, ids }: Tenants): Promise<MatrixCaller[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ role: string; permission: string }>(
      'select role, permission from identity.role_permission',
    );
    const scopeOf = (...roles: string[]) => {
      const granted = rows.filter(({ role }) => roles.includes(role)).map(({ permission }) => permission);
      return [...new Set(granted)].join(' ');
    };
    const colleagues = ROLES.map((orgRole, index) => ({
      name: `the tenant’s ${orgRole}`,
      rights: {
        ...owner,
        ...(index > 0 && { sub: ids['User']![index]!, sid: randomUUID() }),
        ...{ orgRole, roles: ['MEMBER'], scope: scopeOf('MEMBER', orgRole) },
      },
    }));
    for (const { rights } of colleagues) {
      await client.query('update identity.membership set role = $1 where user_id = $2 and organization_id = $3', [
        ...[rights.orgRole, rights.sub, rights.org],
      ]);
    }
    const platform = (role: string) => ({
      name: `${role} of the platform`,
      rights: { ...staff, roles: [role], scope: scopeOf(role, 'OWNER') },
    });
    // Said in so many words, because the issuer makes up a session where nothing is said.
    const machine = (maker: typeof owner, scope: string) => ({ ...maker, sid: undefined, scope });
    return [
      { name: 'nobody', rights: undefined },
      ...colleagues,
      ...['SUPER_ADMIN', 'SUPPORT', 'MEMBER'].map(platform),
      { name: 'the tenant’s OWNER with every permission', rights: owner },
      { name: 'an API key of the tenant', rights: machine(owner, owner.scope ?? '') },
      { name: 'an API key of the tenant that may nothing', rights: machine(owner, '') },
      { name: 'another tenant’s owner', rights: stranger },
      { name: 'an API key of another tenant', rights: machine(stranger, stranger.scope ?? '') },
    ];
  } finally {
    await client.end();
  }
}
