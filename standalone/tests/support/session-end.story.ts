import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { GraphClient } from './graph.client.ts';
import { LiveListener } from './live.listener.ts';
import { mailedToken } from './mailbox.ts';
import { newcomer, PASSWORD, register, signIn } from './people.ts';

/** How soon nobody hears anything more, in milliseconds from the answer that says that the session is over. */
const PROMISED_MS = 2_000;

/** How somebody is let go whose session is over. */
const OUT = { error: 'UNAUTHENTICATED', close: 4403, inTime: true };

export interface StoryGraph {
  readonly url: string;
  readonly databaseUrl: string;
  client(): GraphClient;
  stop(): Promise<void>;
}

/** Tells of everything that ends a session, and that nobody whose session is over hears anything more. */
export function whoeverIsSignedOutHearsNothing(start: () => Promise<StoryGraph>): void {
  let graph: StoryGraph;
  let database: pg.Client;
  const listeners: LiveListener[] = [];

  beforeAll(async () => {
    graph = await start();
    database = new pg.Client({ connectionString: graph.databaseUrl });
    await database.connect();
  }, 60_000);

  afterAll(async () => {
    for (const listener of listeners) listener.leave();
    await database?.end();
    await graph?.stop();
  });

  async function listening(client: GraphClient): Promise<LiveListener> {
    const listener = await LiveListener.start(client);
    listeners.push(listener);
    return listener;
  }

  /** Somebody who listens on a device. */
  async function person(name: string) {
    const email = `${name}@example.com`;
    const device = graph.client();
    await register(device, email);
    const { user, session } = await signIn(device, email);
    return { device, email, id: user.id, sessionId: session.id, listener: await listening(device) };
  }

  async function onAnotherDevice(email: string): Promise<GraphClient> {
    const elsewhere = graph.client();
    await signIn(elsewhere, email);
    return elsewhere;
  }

  async function verify(email: string): Promise<void> {
    await database.query(
      `update identity.user_account set email_verified_at = now(), status = 'ACTIVE' where email = $1`,
      [email],
    );
  }

  async function staff(name: string): Promise<GraphClient> {
    const email = `${name}@example.com`;
    const client = await newcomer(graph.url, email);
    await verify(email);
    await database.query(`update identity.user_account set platform_role = 'SUPER_ADMIN' where email = $1`, [email]);
    await signIn(client, email);
    return client;
  }

  /** Does something, and says how the listener was let go, and whether that was within the time that is promised. */
  async function letGo(listener: LiveListener, ending: () => Promise<unknown>) {
    const farewell = listener.farewell();
    await ending();
    const over = performance.now();
    const { error, close } = await farewell;
    return { error, close, inTime: performance.now() - over < PROMISED_MS };
  }

  /** Somebody in an organization of somebody else, for which they act and listen. */
  async function member(name: string) {
    const owner = await newcomer(graph.url, `owner-of-${name}@example.com`);
    await verify(`owner-of-${name}@example.com`);
    const created = await owner.queryData('mutation { createOrganization(input: { name: "Engines" }) { id } }');
    const organizationId = created.createOrganization.id as string;
    const SWITCH = 'mutation ($id: ID!) { switchOrganization(organizationId: $id) { accessToken } }';
    const client = await newcomer(graph.url, `${name}@example.com`);
    const { me } = await client.queryData('{ me { id } }');
    const { rows } = await database.query<{ id: string }>(
      `insert into identity.membership (id, organization_id, user_id, role, created_at)
       values (gen_random_uuid(), $1, $2, 'AGENT', now()) returning id`,
      [organizationId, me.id],
    );
    for (const each of [owner, client]) {
      const { switchOrganization } = await each.queryData(SWITCH, { id: organizationId });
      each.authorization = `Bearer ${switchOrganization.accessToken}`;
    }
    return { owner, client, organizationId, membershipId: rows[0]!.id, listener: await listening(client) };
  }

  describe('a subscription ends, and its socket, within two seconds', () => {
    it('of signing out', async () => {
      const { device, listener } = await person('leaves');
      expect(await letGo(listener, () => device.queryData('mutation { logout }'))).toEqual(OUT);
    });

    it('of ending the session from another device', async () => {
      const { email, sessionId: id, listener } = await person('lost-a-phone');
      const elsewhere = await onAnotherDevice(email);
      const REVOKE = 'mutation ($id: ID!) { revokeSession(id: $id) { id } }';
      expect(await letGo(listener, () => elsewhere.queryData(REVOKE, { id }))).toEqual(OUT);
    });

    it('of ending all others, but not that of whoever does so', async () => {
      const { email, listener } = await person('cleans-up');
      const elsewhere = await onAnotherDevice(email);
      const own = await listening(elsewhere);
      expect(await letGo(listener, () => elsewhere.queryData('mutation { revokeOtherSessions }'))).toEqual(OUT);
      await own.hearsOf(elsewhere);
    });

    it('of a new password for whoever forgot the old one', async () => {
      const { email, listener } = await person('forgets');
      const REQUEST =
        'mutation ($email: EmailAddress!) { requestPasswordReset(input: { email: $email }) { accepted } }';
      await graph.client().queryData(REQUEST, { email });
      const token = await mailedToken(await staff('reads-mail'), email, 'reset-password');
      const RESET = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { id } }';
      expect(
        await letGo(listener, () => graph.client().queryData(RESET, { input: { token, newPassword: `${PASSWORD}!` } })),
      ).toEqual(OUT);
    });

    it('of being suspended', async () => {
      const { email, id: userId, listener } = await person('misbehaves');
      await verify(email);
      const SUSPEND = 'mutation ($input: SuspendUserInput!) { suspendUser(input: $input) { id } }';
      const admin = await staff('suspends');
      expect(
        await letGo(listener, () => admin.queryData(SUSPEND, { input: { userId, reason: 'Sends spam to everybody' } })),
      ).toEqual(OUT);
    });

    it('of deleting the account', async () => {
      const { device, listener } = await person('goes-away');
      const DELETE = 'mutation ($input: DeleteAccountInput!) { deleteAccount(input: $input) { id } }';
      expect(await letGo(listener, () => device.queryData(DELETE, { input: { password: PASSWORD } }))).toEqual(OUT);
    });

    it('of being taken out of the organization', async () => {
      const { owner, membershipId, listener } = await member('colleague');
      const REMOVE = 'mutation ($id: ID!) { removeMember(membershipId: $id) { id } }';
      expect(await letGo(listener, () => owner.queryData(REMOVE, { id: membershipId }))).toEqual(OUT);
    });

    it('of the end of the organization', async () => {
      const { owner, organizationId, listener } = await member('employee');
      const DELETE = 'mutation ($id: ID!) { deleteOrganization(id: $id) { id } }';
      expect(await letGo(listener, () => owner.queryData(DELETE, { id: organizationId }))).toEqual(OUT);
    });
  });

  it('Whoever comes back with the token of a session that is over is let go again', async () => {
    const { device, listener } = await person('insists');
    expect(await letGo(listener, () => device.queryData('mutation { logout }'))).toEqual(OUT);
    const again = LiveListener.open(device);
    expect(await again.farewell()).toEqual({ error: 'UNAUTHENTICATED', close: 4403 });
  });
}
