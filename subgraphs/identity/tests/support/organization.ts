import type { GraphqlResult } from '@supergraph/testkit';
import type { OrganizationRole } from '../../src/role/organization-role.ts';
import { PlatformRole } from '../../src/role/platform-role.ts';
import { User } from '../../src/user/user.entity.ts';
import { EVENT_TOKEN_PURPOSE } from '../../src/one-time-token/seal-for-event.ts';
import { changePlan } from '../../src/plan/change-plan.ts';
import type { PlanName } from '../../src/plan/plan-name.ts';
import { eventsOf, type TestIdentity } from './identity.ts';
import { member, type Person, TOKENS } from './person.ts';

/** Founds an organization and has its founder act for it. @returns its id */
export async function found(founder: Person, name = 'Analytical Engines'): Promise<string> {
  const { createOrganization } = await founder.data(
    'mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }',
    { input: { name } },
  );
  await switchTo(founder, createOrganization.id);
  return createOrganization.id;
}

/** From here on the person acts for this organization. */
export async function switchTo(person: Person, organizationId: string): Promise<void> {
  const { switchOrganization } = await person.data(
    `mutation ($id: ID!) { switchOrganization(organizationId: $id) { ${TOKENS} } }`,
    { id: organizationId },
  );
  person.tokens = switchOrganization;
}

let key = 0;

export function invite(
  inviter: Person,
  email: string,
  role = 'VIEWER',
  idempotencyKey = `key ${(key += 1)}`,
): Promise<GraphqlResult<any>> {
  return inviter.query(
    'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { id status email role expiresAt } }',
    { input: { email, role, idempotencyKey } },
  );
}

/** The token of the latest invitation to an address, as messaging would put it into the link. */
export async function invitationToken(subgraph: TestIdentity, email: string): Promise<string> {
  const mail = (await eventsOf(subgraph, 'invitation.sent')).filter((data) => data.email === email).at(-1);
  if (!mail) throw new Error(`No invitation for ${email}.`);
  return subgraph.running.runtime.services.sealer.unseal(mail.sealedToken, EVENT_TOKEN_PURPOSE);
}

export const ACCEPT = `mutation ($input: AnswerInvitationInput!) {
  acceptInvitation(input: $input) { id role user { id } organization { id name } }
}`;

/** Has somebody join the organization the inviter acts for, and act for it. @returns their membership's id */
export async function join(inviter: Person, person: Person, role: `${OrganizationRole}` = 'VIEWER'): Promise<string> {
  const { errors } = await invite(inviter, person.email, role);
  if (errors) throw new Error(JSON.stringify(errors));
  const token = await invitationToken(inviter.subgraph, person.email);
  const { acceptInvitation } = await person.data(ACCEPT, { input: { token } });
  await switchTo(person, acceptInvitation.organization.id);
  return acceptInvitation.id;
}

/** Somebody new who joins. */
export async function colleague(inviter: Person, role: `${OrganizationRole}` = 'VIEWER') {
  const person = await member(inviter.subgraph);
  return { person, membershipId: await join(inviter, person, role) };
}

/** Somebody who works for the platform. */
export async function staff(subgraph: TestIdentity, role = PlatformRole.SUPER_ADMIN): Promise<Person> {
  const person = await member(subgraph);
  await subgraph.running.runtime.asSystem(async ({ em }) => {
    (await em.findOneOrFail(User, { id: person.id })).changePlatformRole(role, new Date());
  });
  await person.refresh();
  return person;
}

export async function putOnPlan(person: Person, plan: PlanName): Promise<void> {
  await person.subgraph.running.runtime.asSystem((work) =>
    work.transaction(async () => {
      await changePlan(work, await work.em.findOneOrFail(User, { id: person.id }), { plan });
    }),
  );
}

export async function ownMembership(person: Person, organizationId: string): Promise<string> {
  const { organization } = await person.data(
    `query ($id: ID!) { organization(id: $id) { members(first: 100) { edges { node { id user { id } } } } } }`,
    { id: organizationId },
  );
  const edges = organization.members.edges as { node: { id: string; user: { id: string } } }[];
  return edges.find(({ node }) => node.user.id === person.id)!.node.id;
}
