import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';

/** One part of an export: what is selected of which rows of the user. Secrets and their hashes are left out. */
const SECTIONS: Readonly<Record<string, string>> = {
  profile: `
    select id, email, email_verified_at, name, avatar_url, locale, time_zone, persona, platform_role, status,
      suspension_reason, created_at, updated_at
    from user_account where id = ?`,
  organizations: `
    select organization.id, organization.name, organization.personal_to is not null as personal,
      membership.role, membership.created_at as member_since
    from membership join organization on organization.id = membership.organization_id
    where membership.user_id = ? order by membership.created_at`,
  sessions: `
    select id, device, address, created_at, last_used_at, expires_at, revoked_at, revoked_reason
    from auth_session where user_id = ? order by created_at`,
  password: `select changed_at from password_credential where user_id = ?`,
  secondFactor: `select created_at, confirmed_at from second_factor where user_id = ?`,
  recoveryCodes: `
    select count(*)::integer as issued, count(used_at)::integer as used from recovery_code where user_id = ?`,
  mailedTokens: `
    select purpose, subject, created_at, expires_at, used_at from one_time_token where user_id = ? order by created_at`,
  apiKeys: `
    select id, organization_id, name, prefix, scopes, created_at, expires_at, last_used_at, revoked_at
    from api_key where user_id = ? order by created_at`,
  invitations: `
    select invitation.id, organization.name as organization, invitation.role, invitation.status, invitation.created_at
    from invitation
    join organization on organization.id = invitation.organization_id
    join user_account on user_account.email = invitation.email
    where user_account.id = ? and user_account.email_verified_at is not null order by invitation.created_at`,
  subscriptions: `
    select plan, status, current_period_end, cancel_at_period_end, started_at, ended_at
    from plan_subscription where user_id = ? order by started_at`,
  impersonations: `
    select reason, started_at, expires_at from impersonation where user_id = ? order by started_at`,
};

/** Everything identity holds about whoever asks, for them to keep or to take elsewhere. */
export async function exportAccount(work: IdentityWork): Promise<Record<string, unknown>> {
  const { userId } = await requireOwnSession(work);
  const document: Record<string, unknown> = { generatedAt: work.now().toISOString() };
  // Some of it row-level security keeps from the person; every section asks for theirs only.
  await elevated(work, async () => {
    for (const [name, statement] of Object.entries(SECTIONS)) {
      document[name] = await work.em.execute(statement, [userId]);
    }
  });
  return document;
}
