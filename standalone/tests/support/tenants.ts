import { randomUUID } from 'node:crypto';
import type { TestClaims } from '@supergraph/testkit';
import pg from 'pg';
import { COUNT } from './tenant-count.ts';
import { COMMERCE_ROWS, MARKET, STALL } from './tenants.commerce.ts';

/** Somebody who asks, and on whose behalf. */
export type Caller = TestClaims & { readonly org: string; readonly sid: string };

/** Two organizations, and whatever belongs to the first one or to its owner, by type of the graph: the owner comes first. */
export interface Tenants {
  readonly owner: Caller;
  /** Owns the other organization, with the same rights there. */
  readonly stranger: Caller;
  /** Works for the platform. */
  readonly staff: Caller;
  readonly ids: Readonly<Record<string, readonly string[]>>;
}

/**
 * How to make `COUNT` rows of each type that has a key. `:owner`, `:organization`, `:stranger` and `:staff` stand for
 * ids, `n` counts from 1.
 */
const ROWS: Readonly<Record<string, string>> = {
  User: `identity.user_account (id, email, email_verified_at, name, locale, time_zone, persona, platform_role, status,
      created_at, updated_at)
    select case when n = 1 then :owner else gen_random_uuid() end, 'person-' || n || '@example.com', now(), 'Person ' || n, 'en', 'UTC', 'CUSTOMER',
      'MEMBER', 'ACTIVE', now(), now()`,
  Organization: `identity.organization (id, name, created_at, updated_at)
    select case when n = 1 then :organization else gen_random_uuid() end, 'Organization ' || n, now(), now()`,
  AuthSession: `identity.auth_session (id, user_id, device, created_at, last_used_at, expires_at)
    select gen_random_uuid(), :owner, 'Device ' || n, now(), now(), now() + interval '1 day'`,
  Invitation: `identity.invitation (id, organization_id, email, role, status, token_hash, inviter_id, created_at, sent_at,
      expires_at)
    select gen_random_uuid(), :organization, 'invited-' || n || '@example.com', 'VIEWER', 'PENDING', 'hash ' || n,
      :owner, now(), now(), now() + interval '7 days'`,
  ApiKey: `identity.api_key (id, organization_id, user_id, name, prefix, hash, scopes, created_at, expires_at)
    select gen_random_uuid(), :organization, :owner, 'Key ' || n, 'sgk_' || n, 'hash ' || n, '{crm:read}', now(),
      now() + interval '90 days'`,
  PlanSubscription: `identity.plan_subscription (id, user_id, plan, status, current_period_end, started_at, updated_at,
      ended_at)
    select gen_random_uuid(), :owner, 'PRO', 'CANCELLED', now(), now(), now(), now()`,
  Impersonation: `identity.impersonation (id, user_id, impersonator_id, session_id, reason, started_at, expires_at)
    select gen_random_uuid(), :owner, :staff, gen_random_uuid(), 'Ticket ' || n, now(), now() + interval '15 minutes'`,
  Notification: `messaging.notification (id, user_id, organization_id, type, title, body, sequence, source, created_at)
    select gen_random_uuid(), :owner, :organization, 'ANNOUNCEMENT', 'Title', 'Body', n, 'test ' || n, now()`,
  NotificationDelivery: `messaging.notification_delivery (id, source, user_id, organization_id, type, channel, status,
      created_at, due_at, finished_at)
    select gen_random_uuid(), 'test ' || n, :owner, :organization, 'ANNOUNCEMENT', 'EMAIL', 'FAILED', now(), now(), now()`,
  NotificationTemplate: `messaging.notification_template (id, organization_id, type, channel, locale, subject, text,
      customised, created_at, updated_at)
    select gen_random_uuid(), :organization, 'ANNOUNCEMENT', 'IN_APP', 'a' || chr(96 + n), 'Subject', 'Text', true,
      now(), now()`,
  PushSubscription: `messaging.push_subscription (id, user_id, endpoint, p256dh, auth, created_at)
    select gen_random_uuid(), :owner, 'https://push.example.com/' || n, 'key', 'secret', now()`,
  EmailMessage: `messaging.email_message (id, message_id, recipient, subject, text, html, sent_at)
    select gen_random_uuid(), 'test ' || n, 'ada@example.com', 'Subject', 'Text', '<p>Text</p>', now()`,
  DeadLetter: `bus.dead_letter (kind, consumer, name, attempts, last_error, failed_at, correlation_id, job_key, job)
    select 'JOB', 'messaging/purge-expired', 'purge-expired', 7, 'Error', now(), 'test', 'key ' || n, '{}'`,
  // Two more kinds of them, for what is done to those of an organization, and to those that were given up.
  OrganizationDeadLetter: `bus.dead_letter (kind, consumer, name, attempts, last_error, failed_at, correlation_id, job_key,
      job, organization_id)
    select 'JOB', 'messaging/purge-expired', 'purge-expired', 7, 'Error', now(), 'test', 'theirs ' || n, '{}', :organization`,
  DiscardedDeadLetter: `bus.dead_letter (kind, consumer, name, attempts, last_error, failed_at, correlation_id, job_key,
      job, state, settled_at)
    select 'JOB', 'messaging/purge-expired', 'purge-expired', 7, 'Error', now(), 'test', 'given up ' || n, '{}',
      'DISCARDED', now()`,
  Broadcast: `messaging.broadcast (id, organization_id, created_by, audience, title, body, state, total_count, created_at)
    select gen_random_uuid(), :organization, :owner, 'ORGANIZATION', 'Title', 'Body', 'PENDING', 0, now()`,
  ...COMMERCE_ROWS,
  // After those it links.
  Membership: `identity.membership (id, organization_id, user_id, role, created_at)
    select gen_random_uuid(), :organization, (select id from identity.user_account where email = 'person-' || n || '@example.com'),
      case when n = 1 then 'OWNER' else 'VIEWER' end, now()`,
};

const PEOPLE = `
  with person (id, email, role) as (
    values (:stranger, 'stranger@example.com', 'MEMBER'), (:staff, 'staff@example.com', 'SUPER_ADMIN')
  )
  insert into identity.user_account (id, email, email_verified_at, name, locale, time_zone, persona, platform_role, status,
    created_at, updated_at)
  select id, email, now(), 'Somebody', 'en', 'UTC', 'CUSTOMER', role, 'ACTIVE', now(), now() from person`;

const PLACES = `
  with founded as (
    insert into identity.organization (id, name, created_at, updated_at)
    values (:other, 'Theirs', now(), now()), (:platform, 'The platform''s', now(), now()) returning id
  ), session as (
    insert into identity.auth_session (id, user_id, device, created_at, last_used_at, expires_at)
    values (:strangersession, :stranger, 'Device', now(), now(), now() + interval '1 day'),
      (:staffsession, :staff, 'Device', now(), now(), now() + interval '1 day')
  )
  insert into identity.membership (id, organization_id, user_id, role, created_at)
  select gen_random_uuid(), organization.id, :owner::uuid, 'OWNER', now() from identity.organization where id <> :organization
  union all select gen_random_uuid(), :other::uuid, :stranger::uuid, 'OWNER', now() from founded where id = :other
  union all select gen_random_uuid(), :platform::uuid, :staff::uuid, 'OWNER', now() from founded where id = :platform`;

const RECIPIENTS = `
  insert into messaging.recipient (user_id, email, name, locale, time_zone, status)
  select id, email, name, locale, time_zone, 'ACTIVE' from identity.user_account;
  insert into messaging.recipient_organization (organization_id, user_id, role, member, as_of)
  select organization_id, user_id, role, true, now() from identity.membership`;

/** So that there is something to see in what may be empty. */
const VALUES = `
  insert into commerce.product_image (id, product_id, organization_id, url, alternative_text, position)
  select gen_random_uuid(), id, organization_id, 'https://example.com/picture', 'A thing', 0 from commerce.product;
  update commerce.payment set failure_reason = 'The card was declined';
  update identity.user_account set avatar_url = 'https://example.com/picture';
  update identity.auth_session set address = '192.0.2.7';
  update identity.impersonation set address = '192.0.2.7';
  update identity.api_key set last_used_at = now();
  insert into commerce.order_step (id, order_id, user_id, state, reason, occurred_at)
    select gen_random_uuid(), id, user_id, state, 'Declined', now() from commerce.customer_order;
  insert into commerce.order_step (id, order_id, shop_order_id, organization_id, user_id, state, reason, occurred_at)
    select gen_random_uuid(), order_id, id, organization_id, user_id, state, 'Declined', now() from commerce.shop_order;
  update commerce.customer_order set payment_id = (
    select id from commerce.payment where provider_reference = 'payment-' || substr(number, 2));
  insert into commerce.cart_promotion (cart_id, promotion_id, applied_at)
    select cart.id, promotion.id, now() from commerce.cart, commerce.promotion where state = 'ACTIVE' and code = 'CODE-2';
  update commerce.stock_level set on_hand = 5, last_sequence = 1, reserved = (
    select coalesce(sum(quantity), 0) from commerce.stock_reservation r
    where r.variant_id = stock_level.variant_id and r.state = 'HELD');
  update messaging.push_subscription set user_agent = 'A browser';
  update messaging.notification set link = '/somewhere', data = '{"a": 1}', read_at = now() where sequence > 1;
  update messaging.notification set subject_type = 'ORDER', subject_id = (
    select id from commerce.customer_order order by id limit 1) where sequence = 1;
  update messaging.notification set subject_type = 'SHOP', subject_id = (
    select id from commerce.shop order by id limit 1) where sequence = 2`;

/** Fills an empty database. */
export async function createTenants(url: string): Promise<Tenants> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const known: Record<string, string> = {};
    for (const name of [
      'owner',
      'stranger',
      'staff',
      'organization',
      'other',
      'platform',
      'strangersession',
      'staffsession',
    ])
      known[name] = randomUUID();
    const filled = (sql: string) =>
      sql.replaceAll(/:([a-z]+)/g, (text, name: string) => (known[name] ? `'${known[name]}'::uuid` : text));
    await client.query(filled(PEOPLE));
    await client.query(filled(STALL));
    const ids: Record<string, string[]> = {};
    // In one transaction, because an order has to add up only once it is whole.
    await client.query('begin');
    for (const [type, rows] of Object.entries(ROWS)) {
      const sql = `insert into ${rows} from generate_series(1, ${COUNT}) n returning id`;
      ids[type] = (await client.query<{ id: string }>(filled(sql))).rows.map((row) => row.id);
    }
    await client.query('commit');
    await client.query(filled(PLACES));
    await client.query(filled(MARKET));
    await client.query(RECIPIENTS);
    await client.query(VALUES);
    const { rows } = await client.query<{ name: string }>('select name from identity.permission');
    const scopes = rows.map((row) => row.name);
    const ofOrganizations = scopes.filter(
      (name) =>
        !/^(platform:|identity:(users|roles|plans)|messaging:mailbox|commerce:(shops|categories|books))/.test(name),
    );
    const caller = (sub: string, org: string, sid: string, roles: string[], scope: string[]): Caller => ({
      sub,
      org,
      sid,
      orgRole: 'OWNER',
      roles,
      scope: scope.join(' '),
    });
    return {
      owner: caller(known.owner!, known.organization!, ids.AuthSession![0]!, ['MEMBER'], ofOrganizations),
      stranger: caller(known.stranger!, known.other!, known.strangersession!, ['MEMBER'], ofOrganizations),
      staff: caller(known.staff!, known.platform!, known.staffsession!, ['SUPER_ADMIN'], scopes),
      ids: { ...ids, Staff: [known.staff!] },
    };
  } finally {
    await client.end();
  }
}

/** A digest of every row there is of these types. */
export async function digestOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = Object.values(ROWS).map((rows) => rows.split(' ')[0]!);
    const digests = tables.map((table) => `(select md5(string_agg(t::text, '' order by t::text)) from ${table} t)`);
    const { rows } = await client.query<{ digest: string }>(`select concat_ws(' ', ${digests.join(', ')}) as digest`);
    return rows[0]!.digest;
  } finally {
    await client.end();
  }
}
