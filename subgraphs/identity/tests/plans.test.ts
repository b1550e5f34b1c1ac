import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { endDueSubscriptions } from '../src/plan/end-due-subscriptions.ts';
import { PlanName } from '../src/plan/plan-name.ts';
import { PlatformRole } from '../src/role/platform-role.ts';
import { eventsOf, newEmail, startIdentity, type TestIdentity } from './support/identity.ts';
import { ACCEPT, colleague, found, invitationToken, invite, putOnPlan, staff } from './support/organization.ts';
import { codeOf, member, type Person } from './support/person.ts';

let subgraph: TestIdentity;
let admin: Person;

beforeAll(async () => {
  subgraph = await startIdentity();
  admin = await staff(subgraph);
});

afterAll(() => subgraph.stop());

const changePlan = (by: Person, input: object) =>
  by.query(
    `mutation ($input: ChangeUserPlanInput!) {
      changeUserPlan(input: $input) { plan { name } subscription { plan status currentPeriodEnd } }
    }`,
    { input },
  );

const MINE = '{ me { plan { name limits { apiKeys } } subscription { plan status cancelAtPeriodEnd } } }';

const mine = async (person: Person) => (await person.data(MINE)).me;

const changes = async (person: Person) =>
  (await eventsOf(subgraph, 'subscription.changed'))
    .filter((event) => event.userId === person.id)
    .map(({ plan, status }) => `${plan} ${status}`);

describe('plans', () => {
  test('are listed for everybody, with prices in minor units', async () => {
    const { plans } = await subgraph.client.queryData('{ plans { name price { amount currency } } }');
    expect(plans).toEqual([
      { name: 'FREE', price: { amount: 0, currency: 'USD' } },
      { name: 'PRO', price: { amount: 2900, currency: 'USD' } },
      { name: 'ENTERPRISE', price: { amount: 29900, currency: 'USD' } },
    ]);
  });

  test('begin with FREE, and are changed by a super admin', async () => {
    const person = await member(subgraph);
    expect(await mine(person)).toEqual({ plan: { name: 'FREE', limits: { apiKeys: 2 } }, subscription: null });
    const currentPeriodEnd = new Date(subgraph.clock.now().getTime() + 86_400_000).toISOString();
    const { data } = await changePlan(admin, { userId: person.id, plan: 'PRO', currentPeriodEnd });
    expect(data.changeUserPlan).toEqual({
      plan: { name: 'PRO' },
      subscription: { plan: 'PRO', status: 'ACTIVE', currentPeriodEnd },
    });
    await changePlan(admin, { userId: person.id, plan: 'ENTERPRISE' });
    await changePlan(admin, { userId: person.id, plan: 'FREE' });
    expect(await changes(person)).toEqual(['PRO ACTIVE', 'ENTERPRISE ACTIVE', 'FREE CANCELLED']);
    expect((await mine(person)).subscription).toBeNull();
  });

  test('are nothing one gives oneself, nor support anybody', async () => {
    const person = await member(subgraph);
    const support = await staff(subgraph, PlatformRole.SUPPORT);
    expect(codeOf(await changePlan(person, { userId: person.id, plan: 'PRO' }))).toBe('FORBIDDEN');
    expect(codeOf(await changePlan(support, { userId: person.id, plan: 'PRO' }))).toBe('FORBIDDEN');
    const past = { userId: person.id, plan: 'PRO', currentPeriodEnd: '2001-01-01T00:00:00Z' };
    expect(codeOf(await changePlan(admin, past))).toBe('BAD_USER_INPUT');
  });

  test('of others are for support to see only', async () => {
    const person = await member(subgraph);
    await putOnPlan(person, PlanName.PRO);
    const read = async (reader: Person) =>
      subgraph.client.entities('User', [person.id], 'plan { name } subscription { plan }', {
        authorization: reader.authorization,
      });
    expect(await read(await member(subgraph))).toEqual([{ plan: null, subscription: null }]);
    expect(await read(await staff(subgraph, PlatformRole.SUPPORT))).toEqual([
      { plan: { name: 'PRO' }, subscription: { plan: 'PRO' } },
    ]);
  });

  test('given by two admins at the same time leave one subscription', async () => {
    const person = await member(subgraph);
    const answers = await Promise.all(
      ['PRO', 'ENTERPRISE', 'PRO', 'ENTERPRISE'].map((plan) => changePlan(admin, { userId: person.id, plan })),
    );
    expect(answers.map(codeOf)).toEqual([undefined, undefined, undefined, undefined]);
    const live = await subgraph.running.runtime.asSystem(({ em }) =>
      em.execute(`select 1 from plan_subscription where user_id = ? and status = 'ACTIVE'`, [person.id]),
    );
    expect(live).toHaveLength(1);
  });
});

describe('a subscription', () => {
  test('that is cancelled runs to the end of its period, unless it is resumed', async () => {
    await using later = await startIdentity();
    const person = await member(later);
    await putOnPlan(person, PlanName.PRO);
    const cancelled = await person.data('mutation { cancelMySubscription { status cancelAtPeriodEnd } }');
    expect(cancelled.cancelMySubscription).toEqual({ status: 'ACTIVE', cancelAtPeriodEnd: true });
    await person.data('mutation { resumeMySubscription { status } }');
    await person.data('mutation { cancelMySubscription { status } }');
    later.clock.advance({ days: 29 });
    await later.running.runtime.asSystem(endDueSubscriptions);
    await person.refresh();
    expect((await mine(person)).plan.name).toBe('PRO');
    later.clock.advance({ days: 1 });
    await later.running.runtime.asSystem(endDueSubscriptions);
    await person.refresh();
    expect(await mine(person)).toMatchObject({ plan: { name: 'FREE' }, subscription: null });
    expect((await eventsOf(later, 'subscription.changed')).at(-1)).toEqual({
      userId: person.id,
      plan: 'FREE',
      status: 'CANCELLED',
    });
  });

  test('that nobody renews falls due, and ends after 14 days', async () => {
    await using later = await startIdentity();
    const person = await member(later);
    await putOnPlan(person, PlanName.PRO);
    const statusAfter = async (days: number) => {
      later.clock.advance({ days });
      await later.running.runtime.asSystem(endDueSubscriptions);
      const fresh = await person.elsewhere();
      return (await mine(fresh)).subscription?.status;
    };
    expect(await statusAfter(30)).toBe('PAST_DUE');
    const stuck = await (await person.elsewhere()).query('mutation { cancelMySubscription { status } }');
    expect(stuck.errors![0]!.extensions).toMatchObject({ code: 'ILLEGAL_TRANSITION', from: 'PAST_DUE' });
    expect(await statusAfter(13)).toBe('PAST_DUE');
    expect(await statusAfter(1)).toBeUndefined();
  });

  test('that does not exist cannot be cancelled', async () => {
    expect(codeOf(await (await member(subgraph)).query('mutation { cancelMySubscription { status } }'))).toBe(
      'NOT_FOUND',
    );
  });
});

describe('the limits of a plan', () => {
  const createKey = (person: Person) =>
    person.query('mutation { createApiKey(input: { name: "Key", scopes: ["crm:read"] }) { secret } }');
  const createOrganization = (person: Person) =>
    person.query('mutation { createOrganization(input: { name: "Another" }) { id } }');

  test('hold for API keys, also for keys made at the same time', async () => {
    const person = await member(subgraph);
    const answers = await Promise.all([1, 2, 3, 4].map(() => createKey(person)));
    expect(answers.map(codeOf).sort()).toEqual(['CONFLICT', 'CONFLICT', undefined, undefined]);
    expect(answers.find(codeOf)!.errors![0]!.extensions).toEqual({ code: 'CONFLICT', limit: 2 });
    await putOnPlan(person, PlanName.PRO);
    expect(codeOf(await createKey(person))).toBeUndefined();
  });

  test('hold for organizations, also for those that come back', async () => {
    const person = await member(subgraph);
    const first = await found(person);
    await person.data('mutation ($id: ID!) { deleteOrganization(id: $id) { id } }', { id: first });
    const answers = await Promise.all([1, 2, 3].map(() => createOrganization(person)));
    expect(answers.map(codeOf).sort()).toEqual(['CONFLICT', undefined, undefined]);
    expect(
      codeOf(await person.query('mutation ($id: ID!) { restoreOrganization(id: $id) { id } }', { id: first })),
    ).toBe('CONFLICT');
  });

  test('hold for members and those invited, by the best plan among the owners', async () => {
    const owner = await member(subgraph);
    await found(owner);
    for (let count = 0; count < 2; count += 1) await colleague(owner);
    await invite(owner, newEmail());
    await invite(owner, newEmail());
    expect(codeOf(await invite(owner, newEmail()))).toBe('CONFLICT');
    await putOnPlan(owner, PlanName.PRO);
    expect(codeOf(await invite(owner, newEmail()))).toBeUndefined();
  });

  test('hold for those who accept at the same time', async () => {
    const owner = await member(subgraph);
    await found(owner);
    await putOnPlan(owner, PlanName.PRO);
    const people: Person[] = [];
    for (let count = 0; count < 6; count += 1) people.push(await member(subgraph));
    for (const person of people) await invite(owner, person.email);
    await changePlan(admin, { userId: owner.id, plan: 'FREE' });
    const answers = await Promise.all(
      people.map(async (person) =>
        person.query(ACCEPT, { input: { token: await invitationToken(subgraph, person.email) } }),
      ),
    );
    // Five on FREE, and the owner is one of them.
    expect(answers.map(codeOf).filter((code) => code === undefined)).toHaveLength(4);
    expect(new Set(answers.map(codeOf))).toEqual(new Set([undefined, 'CONFLICT']));
  });
});
