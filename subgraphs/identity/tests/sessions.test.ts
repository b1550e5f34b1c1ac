import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { forgetExpired } from '../src/retention/forget-expired.ts';
import { eventsOf, startIdentity, type TestIdentity } from './support/identity.ts';
import { meanwhile } from './support/meanwhile.ts';
import { codeOf, member, type Person, REFRESH, type Tokens } from './support/person.ts';

let subgraph: TestIdentity;

beforeAll(async () => {
  subgraph = await startIdentity();
});

afterAll(() => subgraph.stop());

const SESSIONS = `{ me { sessions(first: 10) { totalCount edges { node { id device isCurrent } } } } }`;

const refresh = (refreshToken: string, where: TestIdentity = subgraph) =>
  where.client.query<{ refreshSession: Tokens }>(REFRESH, { variables: { input: { refreshToken } } });

const sessionsOf = async (person: Person) =>
  (await person.data(SESSIONS)).me.sessions.edges.map((edge: { node: object }) => edge.node);

describe('refreshing', () => {
  test('exchanges the token for another pair, over and over, in one session', async () => {
    const ada = await member(subgraph);
    const seen = new Set([ada.tokens.refreshToken]);
    for (let count = 0; count < 3; count += 1) {
      subgraph.clock.advance({ minutes: 15 });
      await ada.refresh();
      seen.add(ada.tokens.refreshToken);
    }
    expect(seen.size).toBe(4);
    expect(await sessionsOf(ada)).toHaveLength(1);
  });

  test('in two tabs at once keeps both alive, also through two processes', async () => {
    const ada = await member(subgraph);
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    for (let round = 0; round < 5; round += 1) {
      const known = ada.tokens.refreshToken;
      const [one, two] = await Promise.all([refresh(known), refresh(known, second)]);
      const pairs = [one!.data!.refreshSession, two!.data!.refreshSession];
      expect(pairs[0]!.refreshToken).not.toBe(pairs[1]!.refreshToken);
      subgraph.clock.advance({ minutes: 1 });
      // Each tab goes on with its own pair, and neither ends the other.
      const next = await Promise.all(pairs.map((pair) => refresh(pair.refreshToken)));
      expect(next.map(codeOf)).toEqual([undefined, undefined]);
      ada.tokens = next[0]!.data!.refreshSession;
    }
    expect(await sessionsOf(ada)).toHaveLength(1);
  });

  test('with a token that was used before, after the grace, ends the session for everybody', async () => {
    const ada = await member(subgraph);
    const stolen = ada.tokens.refreshToken;
    await ada.refresh();
    subgraph.clock.advance({ seconds: 11 });

    expect(codeOf(await refresh(stolen))).toBe('UNAUTHENTICATED');

    expect(codeOf(await refresh(ada.tokens.refreshToken))).toBe('UNAUTHENTICATED');
    const revoked = (await eventsOf(subgraph, 'session.revoked')).filter((event) => event.userId === ada.id);
    expect(revoked).toEqual([{ userId: ada.id, sessionId: ada.tokens.session.id, reason: 'REUSE' }]);
  });

  test('within the grace is another tab, even in its last second', async () => {
    const ada = await member(subgraph);
    const known = ada.tokens.refreshToken;
    await ada.refresh();
    subgraph.clock.advance({ seconds: 10 });
    expect(codeOf(await refresh(known))).toBeUndefined();
  });

  test('with a stolen token leaves the other sessions of the same person alone', async () => {
    const ada = await member(subgraph);
    const phone = await ada.elsewhere();
    const stolen = ada.tokens.refreshToken;
    await ada.refresh();
    subgraph.clock.advance({ minutes: 1 });
    await refresh(stolen);
    expect(codeOf(await refresh(phone.tokens.refreshToken))).toBeUndefined();
  });

  test('is over after thirty days without use', async () => {
    const ada = await member(subgraph);
    subgraph.clock.advance({ days: 30 });
    expect(codeOf(await refresh(ada.tokens.refreshToken))).toBe('UNAUTHENTICATED');
  });

  test('is over after half a year, however busy the session is', async () => {
    const ada = await member(subgraph);
    for (let day = 20; day < 180; day += 20) {
      subgraph.clock.advance({ days: 20 });
      await ada.refresh();
    }
    subgraph.clock.advance({ days: 20 });
    expect(codeOf(await refresh(ada.tokens.refreshToken))).toBe('UNAUTHENTICATED');
  });

  test('waits for a revocation that is under way, and then gives nothing', async () => {
    const ada = await member(subgraph);
    const { refreshed } = await meanwhile(
      subgraph,
      (em) =>
        em.execute(`update auth_session set revoked_at = now(), revoked_reason = 'REVOKED' where id = ?`, [
          ada.tokens.session.id,
        ]),
      () => ({ refreshed: refresh(ada.tokens.refreshToken) }),
    );
    expect(codeOf(await refreshed)).toBe('UNAUTHENTICATED');
  });

  test('gives nothing for a token that never was', async () => {
    expect(codeOf(await refresh('x'.repeat(43)))).toBe('UNAUTHENTICATED');
  });
});

describe('sessions', () => {
  test('are listed with their device, the latest use first', async () => {
    const ada = await member(subgraph);
    subgraph.clock.advance({ minutes: 1 });
    await ada.elsewhere(
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
    );
    const sessions = await sessionsOf(ada);
    expect(sessions).toEqual([
      expect.objectContaining({ device: 'Safari on iPhone', isCurrent: false }),
      expect.objectContaining({ id: ada.tokens.session.id, isCurrent: true }),
    ]);
  });

  test('of somebody else are hidden, by field and by reference', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    const reference = `query ($id: ID!) {
      _entities(representations: [{ __typename: "User", id: $id }]) { ... on User { id sessions { totalCount } } }
    }`;
    expect(await eve.data(reference, { id: ada.id })).toEqual({ _entities: [{ id: ada.id, sessions: null }] });
    const byId = await subgraph.client.entities('AuthSession', [ada.tokens.session.id], 'id device', {
      authorization: eve.authorization,
    });
    expect(byId).toEqual([null]);
  });

  test('end one by one, and cannot be ended by others', async () => {
    const [ada, eve] = [await member(subgraph), await member(subgraph)];
    const phone = await ada.elsewhere();
    const REVOKE = `mutation ($id: ID!) { revokeSession(id: $id) { id } }`;

    expect(codeOf(await eve.query(REVOKE, { id: phone.tokens.session.id }))).toBe('NOT_FOUND');
    expect(codeOf(await eve.query(REVOKE, { id: 'not an id' }))).toBe('NOT_FOUND');
    await phone.refresh();

    await ada.data(REVOKE, { id: phone.tokens.session.id });
    expect(codeOf(await refresh(phone.tokens.refreshToken))).toBe('UNAUTHENTICATED');
    expect(await sessionsOf(ada)).toHaveLength(1);
  });

  test('end all but this one', async () => {
    const ada = await member(subgraph);
    const others = [await ada.elsewhere(), await ada.elsewhere()];
    expect(await ada.data('mutation { revokeOtherSessions }')).toEqual({ revokeOtherSessions: 2 });
    for (const other of others) expect(codeOf(await refresh(other.tokens.refreshToken))).toBe('UNAUTHENTICATED');
    expect(codeOf(await refresh(ada.tokens.refreshToken))).toBeUndefined();
  });

  test('that have ended have no say over the account, though their access token still holds', async () => {
    const ada = await member(subgraph);
    await ada.data('mutation { logout }');
    expect(codeOf(await ada.query('mutation { revokeOtherSessions }'))).toBe('UNAUTHENTICATED');
    expect(await ada.data('mutation { logout }')).toEqual({ logout: false });
  });

  test('that are long over are forgotten, with their tokens', async () => {
    const ada = await member(subgraph);
    await ada.data('mutation { logout }');
    const rows = () =>
      subgraph.running.runtime.asSystem(async ({ em }) =>
        em.execute<{ sessions: number; tokens: number }[]>(
          `select (select count(*)::integer from auth_session where user_id = ?) as sessions,
             (select count(*)::integer from refresh_token where user_id = ?) as tokens`,
          [ada.id, ada.id],
        ),
      );
    const forget = () => subgraph.running.runtime.asSystem(forgetExpired);
    subgraph.clock.advance({ days: 29 });
    await forget();
    expect(await rows()).toEqual([{ sessions: 1, tokens: 1 }]);
    subgraph.clock.advance({ days: 3 });
    await forget();
    expect(await rows()).toEqual([{ sessions: 0, tokens: 0 }]);
  });
});
