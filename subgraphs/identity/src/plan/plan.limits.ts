import { conflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';

interface Usage {
  readonly allowed: number;
  readonly used: number;
}

/** The best plan among those of the users `condition` selects; who has no subscription is on FREE. */
const bestPlanOf = (condition: string) => `
  select plan.* from plan
  where plan.name = 'FREE' or plan.name in (
    select plan_subscription.plan from plan_subscription
    where plan_subscription.status <> 'CANCELLED' and plan_subscription.user_id in (${condition})
  )
  order by plan.rank desc limit 1`;

/**
 * An organization may have as many members as the best plan among its owners allows. Needs elevation and the lock of
 * the organization.
 *
 * @throws `CONFLICT`
 */
export async function refuseTooManyMembers(
  work: IdentityWork,
  organizationId: string,
  { countInvitations = false } = {},
): Promise<void> {
  const invited = `(select count(*) from invitation
    where organization_id = ? and status = 'PENDING' and expires_at > ?)`;
  const [usage] = await work.em.execute<[Usage]>(
    `with best as (${bestPlanOf(`select user_id from membership where organization_id = ? and role = 'OWNER'`)})
     select members_per_organization as allowed,
       ((select count(*) from membership where organization_id = ?)
         ${countInvitations ? `+ ${invited}` : ''})::integer as used
     from best`,
    [organizationId, organizationId, ...(countInvitations ? [organizationId, work.now()] : [])],
  );
  refuseAbove(usage, 'members in an organization');
}

/** Needs elevation and the lock of the user. @throws `CONFLICT` */
export async function refuseTooManyOrganizations(work: IdentityWork, userId: string): Promise<void> {
  const [usage] = await work.em.execute<[Usage]>(
    `with best as (${bestPlanOf('?')})
     select best.organizations as allowed, (
       select count(*) from membership join organization on organization.id = membership.organization_id
       where membership.user_id = ? and membership.role = 'OWNER'
         and organization.personal_to is null and organization.deleted_at is null
     )::integer as used
     from best`,
    [userId, userId],
  );
  refuseAbove(usage, 'organizations of your own');
}

/** Needs elevation and the lock of the user. @throws `CONFLICT` */
export async function refuseTooManyApiKeys(work: IdentityWork, userId: string): Promise<void> {
  const [usage] = await work.em.execute<[Usage]>(
    `with best as (${bestPlanOf('?')})
     select best.api_keys as allowed, (
       select count(*) from api_key where user_id = ? and revoked_at is null and expires_at > ?
     )::integer as used
     from best`,
    [userId, userId, work.now()],
  );
  refuseAbove(usage, 'API keys');
}

function refuseAbove({ allowed, used }: Usage, what: string): void {
  if (used >= allowed) throw conflict(`The plan allows ${allowed} ${what}.`, { limit: allowed });
}
