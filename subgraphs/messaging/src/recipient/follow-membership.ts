import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import type { MessagingWork } from '../context.ts';

type Added = EventEnvelope<'member.added', IdentityEvents['member.added']>;
type Removed = EventEnvelope<'member.removed', IdentityEvents['member.removed']>;

/** An older event than the one that was heard last changes nothing. Somebody erased stays out. */
const LEARN = `
insert into recipient_organization (organization_id, user_id, role, member, as_of)
select ?, ?, ?, ?, ? where not exists (select from recipient where user_id = ? and status = 'DELETED')
on conflict (organization_id, user_id) do update
  set role = case when excluded.member then excluded.role else recipient_organization.role end,
    member = excluded.member, as_of = excluded.as_of
  where recipient_organization.as_of <= excluded.as_of`;

export async function addRecipientToOrganization(work: MessagingWork, { data, occurredAt }: Added): Promise<void> {
  const { organizationId, userId, role } = data;
  await work.em.execute(LEARN, [organizationId, userId, role, true, occurredAt, userId], 'run');
}

export async function removeRecipientFromOrganization(work: MessagingWork, event: Removed): Promise<void> {
  const { organizationId, userId } = event.data;
  // The role of a removal is never read: no removed member is in any audience.
  await work.em.execute(LEARN, [organizationId, userId, '', false, event.occurredAt, userId], 'run');
}
