import { OrganizationRole } from './organization-role.ts';

const FROM_MOST_TO_LEAST: readonly OrganizationRole[] = [
  OrganizationRole.OWNER,
  OrganizationRole.ADMIN,
  OrganizationRole.MANAGER,
  OrganizationRole.AGENT,
  OrganizationRole.VIEWER,
];

/** Whether somebody with this role may decide about another one: their own and those below. */
export function reaches(role: OrganizationRole, other: OrganizationRole): boolean {
  return FROM_MOST_TO_LEAST.indexOf(role) <= FROM_MOST_TO_LEAST.indexOf(other);
}
