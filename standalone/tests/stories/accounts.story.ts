import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eventually } from '../support/eventually.ts';
import { mailedToken } from '../support/mailbox.ts';
import { PASSWORD, register, signIn } from '../support/people.ts';
import { codeOfNow } from '../support/totp.ts';
import type { Market } from './market.ts';

const NEW_PASSWORD = 'a quite different battery staple';

export function accounts(market: Market): void {
  it('are somebody’s once they have confirmed their address, and may get another one', async () => {
    const reader = market.client('messaging:mailbox.read');
    const mailsTo = async (to: string) => {
      const { developmentMailbox } = await reader.queryData(
        'query ($to: String) { developmentMailbox(to: $to) { totalCount } }',
        { to },
      );
      return developmentMailbox.totalCount;
    };
    const [email, newEmail] = ['may@example.com', 'may-at-home@example.com'];
    const may = market.guest();
    await register(may, email, 'May');
    // The welcome is mailed as well.
    await eventually(async () => (await mailsTo(email)) === 2);
    await does(may, 'resendVerification', { email }, { accepted: true });
    await eventually(async () => (await mailsTo(email)) === 3);
    const token = await mailedToken(reader, email, 'verify-email');
    await does(may, 'verifyEmail', { token }, { email, status: 'ACTIVE', emailVerifiedAt: expect.any(String) });
    await signIn(may, email);
    const { version } = (await may.queryData('{ me { version } }')).me;
    const profile = { version, name: 'May B.', locale: 'de-CH' };
    await does(may, 'updateProfile', profile, { name: 'May B.', locale: 'de-CH' });
    await does(may, 'updatePersona', { persona: 'VENDOR' }, { persona: 'VENDOR' });
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    await does(may, 'changePassword', change, { email });
    await signIn(may, email, NEW_PASSWORD);
    await does(may, 'requestEmailChange', { newEmail, password: NEW_PASSWORD }, { accepted: true });
    const other = await mailedToken(reader, newEmail, 'verify-email');
    await does(may, 'verifyEmail', { token: other }, { email: newEmail });
    await signIn(may, newEmail, NEW_PASSWORD);
    expect((await may.queryData('{ me { name email } }')).me).toEqual({ name: 'May B.', email: newEmail });
  });

  it('are guarded by a second factor, for whoever wants that', async () => {
    const email = 'careful@example.com';
    const careful = await market.person(email, 'Cary');
    const password = { password: PASSWORD };
    const { secret } = await does(careful, 'enrolSecondFactor', password, { secret: expect.any(String) });
    const ten = expect.any(Array);
    await does(careful, 'confirmSecondFactor', { code: codeOfNow(secret) }, { codes: ten });
    const { codes } = await does(careful, 'regenerateRecoveryCodes', password, { codes: ten });
    const credentials = { email, ...password };
    const asked = { __typename: 'SecondFactorRequired', challenge: expect.any(String) };
    const { challenge } = await does(market.guest(), 'login', credentials, asked);
    const answer = { challenge, recoveryCode: codes[0] };
    const signedIn = { accessToken: expect.any(String), user: { name: 'Cary' } };
    const { accessToken } = await does(market.guest(), 'completeLogin', answer, signedIn);
    careful.authorization = `Bearer ${accessToken}`;
    await does(careful, 'disableSecondFactor', password, { hasSecondFactor: false });
  });

  it('have a plan, and end when staff or their owner want it', async () => {
    const boss = await market.superAdmin();
    const pat = await market.person('pat@example.com', 'Pat');
    const userId = (await pat.queryData('{ me { id } }')).me.id;
    const pro = { userId, plan: 'PRO', currentPeriodEnd: new Date(Date.now() + 30 * 86_400_000).toISOString() };
    await does(boss, 'changeUserPlan', pro, { plan: { name: 'PRO' } });
    const { cancelMySubscription } = await pat.queryData('mutation { cancelMySubscription { cancelAtPeriodEnd } }');
    const { resumeMySubscription } = await pat.queryData('mutation { resumeMySubscription { cancelAtPeriodEnd } }');
    expect([cancelMySubscription, resumeMySubscription]).toEqual([
      { cancelAtPeriodEnd: true },
      { cancelAtPeriodEnd: false },
    ]);
    const { id } = (await pat.queryData('{ me { sessions { edges { node { id } } } } }')).me.sessions.edges[0].node;
    await does(boss, 'revokeUserSession', id, { device: expect.any(String) });
    await signIn(pat, 'pat@example.com');
    const { revokeUserSessions } = await boss.queryData('mutation ($id: ID!) { revokeUserSessions(userId: $id) }', {
      id: userId,
    });
    expect(revokeUserSessions).toBe(1);
    const suspension = { userId, reason: 'Spam' };
    await does(boss, 'suspendUser', suspension, { status: 'SUSPENDED', suspensionReason: 'Spam' });
    await does(boss, 'activateUser', userId, { status: 'ACTIVE' });
    await does(
      boss,
      'impersonateUser',
      { userId, reason: 'Ticket 4711' },
      {
        ...{ accessToken: expect.any(String), impersonation: { reason: 'Ticket 4711', user: { name: 'Pat' } } },
      },
    );
    await does(boss, 'changePlatformRole', { userId, role: 'SUPPORT' }, { platformRole: 'SUPPORT' });
    const rights = { role: 'SUPPORT', permissions: ['identity:users.read'] };
    await does(boss, 'setRolePermissions', rights, { permissions: [{ name: 'identity:users.read' }] });
    await signIn(pat, 'pat@example.com');
    await does(pat, 'deleteAccount', { password: PASSWORD }, { status: 'DELETED' });
  });

  it('work together in organizations', async () => {
    const owner = await market.person('owner@example.com', 'Ona');
    const members = await Promise.all(['mia', 'max', 'moe'].map((name) => market.person(`${name}@example.com`, name)));
    const [mia, max, moe] = members as [typeof owner, typeof owner, typeof owner];
    const made = await does(owner, 'createOrganization', { name: 'Engine' }, { name: 'Engine', isPersonal: false });
    const actFor = async (organizationId: string) => {
      const signedIn = { accessToken: expect.any(String) };
      const { accessToken } = await does(owner, 'switchOrganization', organizationId, signedIn);
      owner.authorization = `Bearer ${accessToken}`;
    };
    await actFor(made.id);
    const rename = { id: made.id, version: made.version, name: 'Engines' };
    await does(owner, 'renameOrganization', rename, { name: 'Engines' });
    const invite = async (email: string, role: string) => {
      const invitation = { email, role, idempotencyKey: `for ${email}` };
      return (await does(owner, 'inviteMember', invitation, { status: 'PENDING', role })).id as string;
    };
    const forMia = await invite('mia@example.com', 'AGENT');
    await does(owner, 'resendInvitation', { id: forMia, idempotencyKey: 'once more' }, { status: 'PENDING' });
    const joined = { role: 'AGENT', organization: { name: 'Engines' } };
    const membership = await does(mia, 'acceptInvitation', { id: forMia }, joined);
    const forMax = await invite('max@example.com', 'VIEWER');
    await does(max, 'declineInvitation', { id: forMax }, { email: 'max@example.com' });
    const forNobody = await invite('nobody@example.com', 'VIEWER');
    await does(owner, 'revokeInvitation', forNobody, { status: 'REVOKED' });
    const forMoe = await invite('moe@example.com', 'VIEWER');
    await does(moe, 'acceptInvitation', { id: forMoe }, { role: 'VIEWER' });
    await does(moe, 'leaveOrganization', made.id, { role: 'VIEWER' });
    const promotion = { membershipId: membership.id, role: 'MANAGER' };
    await does(owner, 'changeMemberRole', promotion, { role: 'MANAGER', user: { name: 'mia' } });
    const key = { name: 'Robot', scopes: ['commerce:read'] };
    const { secret, apiKey } = await does(owner, 'createApiKey', key, {
      ...{ secret: expect.any(String), apiKey: { name: 'Robot', scopes: ['commerce:read'] } },
    });
    await does(market.guest(), 'createApiToken', { apiKey: secret }, { scopes: ['commerce:read'] });
    await does(owner, 'revokeApiKey', apiKey.id, { revokedAt: expect.any(String) });
    await does(owner, 'transferOwnership', membership.id, {
      ...{ formerOwner: { role: 'ADMIN', user: { name: 'Ona' } }, newOwner: { role: 'OWNER', user: { name: 'mia' } } },
    });
    const short = await does(owner, 'createOrganization', { name: 'Short lived' }, { name: 'Short lived' });
    await actFor(short.id);
    await does(owner, 'deleteOrganization', short.id, { deletedAt: expect.any(String) });
    await does(owner, 'restoreOrganization', short.id, { deletedAt: null });
    const { me } = await mia.queryData('{ me { organizations { name myRole } } }');
    expect(me.organizations).toContainEqual({ name: 'Engines', myRole: 'OWNER' });
  });
}
