import { raw } from '@mikro-orm/postgresql';
import { findPage, type Page, type PageList, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { elevatedPage } from '../elevation.ts';
import { PlanName } from '../plan/plan-name.ts';
import { containing } from '../search/containing.ts';
import { User } from '../user/user.entity.ts';
import { maySearchUsers } from './administration.policy.ts';
import { type UserArguments, type UserFilter, UserSort } from './user-search.inputs.ts';

type Order = PageList<User>['orderBy'];

const ORDERS: Readonly<Record<UserSort, Order>> = {
  [UserSort.CREATED_AT_ASC]: { createdAt: 'asc' },
  [UserSort.CREATED_AT_DESC]: { createdAt: 'desc' },
  [UserSort.NAME_ASC]: { name: 'asc' },
  [UserSort.NAME_DESC]: { name: 'desc' },
};

/** As the index has it, on the alias that pages give a table; anything else would read every user. */
const TEXT = `(e.name || ' ' || coalesce(e.email, '')) ilike ?`;

const SUBSCRIBED = `select from plan_subscription
  where plan_subscription.user_id = e.id and plan_subscription.status <> 'CANCELLED'`;

/** All users, for support. */
export async function searchUsers(work: IdentityWork, args: UserArguments): Promise<Page<User>> {
  permit(work.session, maySearchUsers(work.session));
  const sort = args.sort?.length ? args.sort : [UserSort.CREATED_AT_DESC];
  // Where two sorts name one column, the first counts.
  const orderBy = sort.reduceRight<Order>((rest, one) => ({ ...ORDERS[one], ...without(rest, one) }), {});
  return elevatedPage(() => findPage(work.em, User, { where: conditionOf(args.filter) as never, orderBy, args }));
}

function without(order: Order, sort: UserSort): Order {
  return Object.fromEntries(Object.entries(order).filter(([property]) => !(property in ORDERS[sort])));
}

function conditionOf(filter: UserFilter | null | undefined): object {
  const { text, statuses, platformRoles, plans, createdFrom, createdBefore } = filter ?? {};
  return {
    ...(text && { [raw(TEXT, [containing(text)])]: [] }),
    ...(statuses && { status: { $in: statuses } }),
    ...(platformRoles && { platformRole: { $in: platformRoles } }),
    ...((createdFrom || createdBefore) && {
      createdAt: { ...(createdFrom && { $gte: createdFrom }), ...(createdBefore && { $lt: createdBefore }) },
    }),
    ...(plans && planCondition(plans)),
  };
}

function planCondition(plans: readonly PlanName[]): object {
  const paid = plans.filter((plan) => plan !== PlanName.FREE);
  const marks = paid.map(() => '?').join(', ');
  const conditions = [
    ...(paid.length > 0 ? [`exists (${SUBSCRIBED} and plan_subscription.plan in (${marks}))`] : []),
    ...(plans.includes(PlanName.FREE) ? [`not exists (${SUBSCRIBED})`] : []),
  ];
  return { [raw(`(${conditions.join(' or ') || 'false'})`, paid)]: [] };
}
