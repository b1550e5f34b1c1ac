import type { Runtime } from '@supergraph/subgraph-kit';
import type { IdentityLoaders, IdentityWork } from './context.ts';
import { confirmAddress } from './email-verification/verify-email.ts';
import type { IdentityEnvironment } from './environment.ts';
import type { IdentityEvents } from './events.ts';
import { Membership } from './membership/membership.entity.ts';
import { Organization } from './organization/organization.entity.ts';
import { OrganizationRole } from './role/organization-role.ts';
import { PlatformRole } from './role/platform-role.ts';
import type { IdentityServices } from './services.ts';
import type { useCases } from './use-cases.ts';
import { createUser } from './user/create-user.ts';
import { lockEmail } from './user/lock-user.ts';
import { Persona } from './user/persona.ts';
import { User } from './user/user.entity.ts';

/** Somebody to try the graph as. */
export interface DemoLogin {
  readonly email: string;
  readonly password: string;
  readonly description: string;
}

interface DemoUser {
  readonly email: string;
  readonly name: string;
  readonly description: string;
  readonly persona: Persona;
  readonly platformRole?: PlatformRole;
  /** Their role in the demo organization, for those who belong to it. */
  readonly role?: OrganizationRole;
}

const DEMO_PASSWORD = 'supergraph-demo';
const DEMO_ORGANIZATION = 'Analytical Engines';

const DEMO_USERS: readonly DemoUser[] = [
  {
    email: 'admin@example.com',
    name: 'Grace Hopper',
    description: 'super admin',
    persona: Persona.BUILDER,
    platformRole: PlatformRole.SUPER_ADMIN,
  },
  {
    email: 'owner@example.com',
    name: 'Ada Lovelace',
    description: `owner of ${DEMO_ORGANIZATION}`,
    persona: Persona.SHOP_OWNER,
    role: OrganizationRole.OWNER,
  },
  {
    email: 'agent@example.com',
    name: 'Alan Turing',
    description: `agent at ${DEMO_ORGANIZATION}`,
    persona: Persona.SALES,
    role: OrganizationRole.AGENT,
  },
  {
    email: 'vendor@example.com',
    name: 'Hedy Lamarr',
    description: 'vendor of services',
    persona: Persona.VENDOR,
  },
  {
    email: 'customer@example.com',
    name: 'Emmy Noether',
    description: 'customer',
    persona: Persona.CUSTOMER,
  },
];

/** Whom the demo data can be tried as. */
export const demoLogins: readonly DemoLogin[] = DEMO_USERS.map(({ email, description }) => ({
  email,
  password: DEMO_PASSWORD,
  description,
}));

type IdentityRuntime = Runtime<IdentityEnvironment, IdentityServices, IdentityEvents, IdentityLoaders, typeof useCases>;

/** Makes the demo users where they are missing. Safe to run at any time and in several processes. */
export async function seedIdentity(runtime: IdentityRuntime): Promise<readonly DemoLogin[]> {
  await runtime.asSystem((work) =>
    work.transaction(async () => {
      for (const demo of DEMO_USERS) await seedUser(work, demo);
    }),
  );
  return demoLogins;
}

/** Who of the demo's people is who, and which organization they work for: the demo's, or their own. By their e-mail. */
export async function findDemoPeople(
  runtime: IdentityRuntime,
): Promise<ReadonlyMap<string, { readonly userId: string; readonly organizationId: string }>> {
  return runtime.asSystem(async ({ em }) => {
    const users = await em.find(User, { email: { $in: DEMO_USERS.map(({ email }) => email) } });
    const memberships = await em.find(Membership, { userId: { $in: users.map(({ id }) => id) } });
    const shared = await em.findOne(Organization, { name: DEMO_ORGANIZATION, personalTo: null });
    return new Map(
      users.map(({ id: userId, email }) => {
        const own = memberships.filter((membership) => membership.userId === userId).map((one) => one.organizationId);
        return [email ?? '', { userId, organizationId: own.find((id) => id === shared?.id) ?? own[0]! }];
      }),
    );
  });
}

async function seedUser(work: IdentityWork, demo: DemoUser): Promise<void> {
  await lockEmail(work, demo.email);
  if (await work.em.findOne(User, { email: demo.email })) return;
  const passwordHash = await work.services.passwords.hash(DEMO_PASSWORD);
  const user = await createUser(work, { ...demo, passwordHash });
  confirmAddress(work, user);
  if (demo.role) await join(work, user, demo.role);
}

async function join(work: IdentityWork, user: User, role: OrganizationRole): Promise<void> {
  const now = work.now();
  let organization = await work.em.findOne(Organization, { name: DEMO_ORGANIZATION, personalTo: null });
  if (!organization) {
    organization = work.em.create(Organization, {
      id: work.newId(),
      name: DEMO_ORGANIZATION,
      createdAt: now,
      updatedAt: now,
    } as Organization);
    await work.em.flush();
    const { id: organizationId, name } = organization;
    work.publish(
      'organization.created',
      { organizationId, name, ownerId: user.id, personal: false },
      { organizationId },
    );
  }
  const { id: organizationId } = organization;
  work.em.create(Membership, { id: work.newId(), organizationId, userId: user.id, role, createdAt: now });
  work.publish('member.added', { organizationId, userId: user.id, role }, { organizationId });
}
