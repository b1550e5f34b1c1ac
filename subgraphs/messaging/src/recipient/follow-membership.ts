import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';

type Founded = EventEnvelope<'organization.created', IdentityEvents['organization.created']>;
type Added = EventEnvelope<'member.added' | 'member.role_changed', IdentityEvents['member.added']>;
type Removed = EventEnvelope<'member.removed', IdentityEvents['member.removed']>;

/** An older event than the one that was heard last changes nothing. Somebody erased stays out. */
const LEARN = `
insert into recipient_organization (organization_id, user_id, role, member, as_of)
select ?, ?, ?, ?, ? where not exists (select from recipient where user_id = ? and status = 'DELETED')
on conflict (organization_id, user_id) do update
  set role = case when excluded.member then excluded.role else recipient_organization.role end,
    member = excluded.member, as_of = excluded.as_of
  where recipient_organization.as_of <= excluded.as_of`;

/** Founders are members from the start, without a `member.added` of their own. */
export async function addFounderToOrganization(work: MessagingWork, { data, occurredAt }: Founded): Promise<void> {
  const { organizationId, ownerId } = data;
  await work.em.execute(LEARN, [organizationId, ownerId, 'OWNER', true, occurredAt, ownerId], 'run');
}

/** Also when only the role is another: an audience may be a role. */
export async function addRecipientToOrganization(work: MessagingWork, { data, occurredAt }: Added): Promise<void> {
  const { organizationId, userId, role } = data;
  await work.em.execute(LEARN, [organizationId, userId, role, true, occurredAt, userId], 'run');
}

export async function removeRecipientFromOrganization(work: MessagingWork, event: Removed): Promise<void> {
  const { organizationId, userId } = event.data;
  // The role of a removal is never read: no removed member is in any audience.
  await work.em.execute(LEARN, [organizationId, userId, '', false, event.occurredAt, userId], 'run');
}
