import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { expireInvitations } from '../src/invitation/expire-invitations.ts';
import { PlanName } from '../src/plan/plan-name.ts';
import { eventsOf, newEmail, startIdentity, type TestIdentity } from './support/identity.ts';
import { ACCEPT, colleague, found, invitationToken, invite, putOnPlan } from './support/organization.ts';
import { codeOf, member, newcomer, type Person, verify } from './support/person.ts';

let subgraph: TestIdentity;
let owner: Person;
let organizationId: string;

beforeAll(async () => {
  subgraph = await startIdentity();
});

beforeEach(async () => {
  owner = await member(subgraph);
  await putOnPlan(owner, PlanName.PRO);
  organizationId = await found(owner);
});

afterAll(() => subgraph.stop());

const accept = (person: Person, input: object) => person.query(ACCEPT, { input });

const decline = (person: Person, input: object) =>
  person.query('mutation ($input: AnswerInvitationInput!) { declineInvitation(input: $input) { status declined } }', {
    input,
  });

const resend = (person: Person, id: string, idempotencyKey: string) =>
  person.query(
    'mutation ($input: ResendInvitationInput!) { resendInvitation(input: $input) { id sentAt expiresAt } }',
    {
      input: { id, idempotencyKey },
    },
  );

const revoke = (person: Person, id: string) =>
  person.query('mutation ($id: ID!) { revokeInvitation(id: $id) { status } }', { id });

const listed = async (statuses?: string[]) => {
  const { activeOrganization } = await owner.data(
    `query ($filter: InvitationFilter) {
      activeOrganization { invitations(filter: $filter) { totalCount edges { node { email status inviter { id } } } } }
    }`,
    { filter: statuses && { statuses } },
  );
  return activeOrganization.invitations;
};

const mailsTo = async (email: string) =>
  (await eventsOf(subgraph, 'invitation.sent')).filter((mail) => mail.email === email);

describe('inviting', () => {
  test('has a mail sent whose token is sealed, and adds the person when they accept', async () => {
    const person = await member(subgraph);
    const { data } = await invite(owner, person.email.toUpperCase(), 'AGENT');
    expect(data.inviteMember).toMatchObject({ email: person.email, status: 'PENDING', role: 'AGENT' });
    const [mail] = await mailsTo(person.email);
    const token = await invitationToken(subgraph, person.email);
    expect(mail).toMatchObject({
      organizationId,
      organizationName: 'Analytical Engines',
      inviterName: 'Ada Lovelace',
      role: 'AGENT',
      userId: person.id,
    });
    expect(JSON.stringify(mail)).not.toContain(token);

    const { data: accepted } = await accept(person, { token });

    expect(accepted.acceptInvitation).toMatchObject({
      role: 'AGENT',
      user: { id: person.id },
      organization: { id: organizationId },
    });
    expect((await eventsOf(subgraph, 'member.added')).at(-1)).toEqual({
      organizationId,
      userId: person.id,
      role: 'AGENT',
    });
    expect((await listed(['ACCEPTED'])).edges).toEqual([
      { node: { email: person.email, status: 'ACCEPTED', inviter: { id: owner.id } } },
    ]);
  });

  test('reaches people without an account, who accept after they have registered and verified', async () => {
    const email = newEmail('charles');
    await invite(owner, email);
    const token = await invitationToken(subgraph, email);
    const person = await newcomer(subgraph, email);
    expect(codeOf(await accept(person, { token }))).toBe('FORBIDDEN');
    await verify(subgraph, email);
    expect(codeOf(await accept(person, { token }))).toBeUndefined();
  });

  test('twice with one key sends one mail, also at the same time', async () => {
    const email = newEmail();
    const answers = await Promise.all([1, 2, 3].map(() => invite(owner, email, 'VIEWER', 'the same key')));
    expect(new Set(answers.map((answer) => answer.data.inviteMember.id)).size).toBe(1);
    expect(await mailsTo(email)).toHaveLength(1);
    expect(codeOf(await invite(owner, newEmail(), 'VIEWER', 'the same key'))).toBe('IDEMPOTENCY_CONFLICT');
  });

  test('one address at the same time leaves one invitation', async () => {
    const { person: admin } = await colleague(owner, 'ADMIN');
    const email = newEmail();
    const answers = await Promise.all([invite(owner, email), invite(admin, email), invite(owner, email)]);
    expect(answers.map(codeOf).sort()).toEqual(['CONFLICT', 'CONFLICT', undefined]);
    expect((await listed(['PENDING'])).totalCount).toBe(1);
  });

  test('is refused for members, above one’s own rank, for personal organizations and without the permission', async () => {
    const { person: admin } = await colleague(owner, 'ADMIN');
    const { person: manager } = await colleague(owner, 'MANAGER');
    expect(codeOf(await invite(owner, admin.email))).toBe('CONFLICT');
    expect(codeOf(await invite(admin, newEmail(), 'OWNER'))).toBe('FORBIDDEN');
    expect(codeOf(await invite(manager, newEmail()))).toBe('FORBIDDEN');
    expect(codeOf(await invite(await member(subgraph), newEmail()))).toBe('CONFLICT');
    expect(codeOf(await invite(owner, 'nobody'))).toBe('BAD_USER_INPUT');
  });
});

describe('an invitation', () => {
  test('is accepted once, however many try at the same time', async () => {
    const person = await member(subgraph);
    await invite(owner, person.email);
    const token = await invitationToken(subgraph, person.email);
    await using second = await startIdentity({ database: subgraph.database, clock: subgraph.clock });
    const elsewhere = Object.assign(await person.elsewhere(), { subgraph: second });
    const answers = await Promise.all([person, elsewhere, person, elsewhere].map((tab) => accept(tab, { token })));
    expect(answers.map(codeOf).sort()).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT', undefined]);
    expect((await eventsOf(subgraph, 'member.added')).filter((event) => event.userId === person.id)).toHaveLength(1);
  });

  test('is either accepted or revoked, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await member(subgraph);
      const id = (await invite(owner, person.email)).data.inviteMember.id;
      const token = await invitationToken(subgraph, person.email);
      const [accepted, revoked] = await Promise.all([accept(person, { token }), revoke(owner, id)]);
      expect([codeOf(accepted), codeOf(revoked)].filter(Boolean)).toHaveLength(1);
    }
  });

  test('is worth nothing to somebody with another address', async () => {
    const email = newEmail();
    const id = (await invite(owner, email)).data.inviteMember.id;
    const token = await invitationToken(subgraph, email);
    const thief = await member(subgraph);
    expect(codeOf(await accept(thief, { token }))).toBe('FORBIDDEN');
    expect(codeOf(await accept(thief, { id }))).toBe('NOT_FOUND');
    expect(codeOf(await decline(thief, { id }))).toBe('NOT_FOUND');
    expect(codeOf(await accept(thief, { token: 'made up' }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await accept(thief, { token, id }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await accept(thief, {}))).toBe('BAD_USER_INPUT');
  });

  test('is found by the invited person, who can do without the mail', async () => {
    const person = await member(subgraph);
    const id = (await invite(owner, person.email, 'MANAGER')).data.inviteMember.id;
    const { myInvitations } = await person.data('{ myInvitations { id organizationName organization { id } role } }');
    expect(myInvitations).toEqual([
      { id, organizationName: 'Analytical Engines', organization: null, role: 'MANAGER' },
    ]);
    expect((await accept(person, { id })).data.acceptInvitation.role).toBe('MANAGER');
    expect((await person.data('{ myInvitations { id } }')).myInvitations).toEqual([]);
  });

  test('is declined by the invited person, and may be sent anew', async () => {
    const person = await member(subgraph);
    await invite(owner, person.email);
    const token = await invitationToken(subgraph, person.email);
    expect((await decline(person, { token })).data.declineInvitation).toEqual({ status: 'REVOKED', declined: true });
    expect(codeOf(await accept(person, { token }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await invite(owner, person.email))).toBeUndefined();
  });

  test('is void after seven days, and the job says so', async () => {
    await using later = await startIdentity();
    const founder = await member(later);
    const id = await found(founder);
    const person = await member(later);
    await invite(founder, person.email);
    const token = await invitationToken(later, person.email);
    later.clock.advance({ days: 7 });
    const again = await person.elsewhere();
    expect(codeOf(await again.query(ACCEPT, { input: { token } }))).toBe('BAD_USER_INPUT');
    await later.running.runtime.asSystem(expireInvitations);
    const rows = await later.running.runtime.asSystem(({ em }) =>
      em.execute('select status from invitation where organization_id = ?', [id]),
    );
    expect(rows).toEqual([{ status: 'EXPIRED' }]);
  });

  test('that has run out does not stand in the way of another', async () => {
    await using later = await startIdentity();
    const founder = await member(later);
    await found(founder);
    const email = newEmail();
    await invite(founder, email);
    later.clock.advance({ days: 8 });
    await founder.refresh();
    expect(codeOf(await invite(founder, email))).toBeUndefined();
  });

  test('that is sent again has another token, good for another seven days', async () => {
    const person = await member(subgraph);
    const { id, expiresAt } = (await invite(owner, person.email)).data.inviteMember;
    const first = await invitationToken(subgraph, person.email);
    subgraph.clock.advance({ minutes: 10 });
    const answers = await Promise.all([resend(owner, id, 'again'), resend(owner, id, 'again')]);
    expect(answers.map(codeOf)).toEqual([undefined, undefined]);
    expect(new Date(answers[0]!.data.resendInvitation.expiresAt).getTime() - new Date(expiresAt).getTime()).toBe(
      600_000,
    );
    expect(await mailsTo(person.email)).toHaveLength(2);
    expect(codeOf(await accept(person, { token: first }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await accept(person, { token: await invitationToken(subgraph, person.email) }))).toBeUndefined();
    expect((await resend(owner, id, 'too late')).errors![0]!.extensions).toEqual({
      code: 'ILLEGAL_TRANSITION',
      from: 'ACCEPTED',
      to: 'PENDING',
    });
  });

  test('ends with the membership of whoever sent it', async () => {
    const { person: admin, membershipId } = await colleague(owner, 'ADMIN');
    const person = await member(subgraph);
    await invite(admin, person.email, 'ADMIN');
    const token = await invitationToken(subgraph, person.email);
    await owner.data('mutation ($id: ID!) { removeMember(membershipId: $id) { id } }', { id: membershipId });
    expect(codeOf(await accept(person, { token }))).toBe('BAD_USER_INPUT');
  });
});
