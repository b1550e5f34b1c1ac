import type { IdentityWork } from '../context.ts';
import { PasswordCredential } from '../credential/password-credential.entity.ts';
import { createPersonalOrganization } from '../organization/create-personal-organization.ts';
import { PlatformRole } from '../role/platform-role.ts';
import { preferredLocale } from './locale.ts';
import { Persona } from './persona.ts';
import { User } from './user.entity.ts';
import { UserStatus } from './user-status.ts';

/** What a new account begins with. */
export interface NewUser {
  /** As addresses are compared. Hold its lock. */
  readonly email: string;
  readonly passwordHash: string;
  readonly name: string;
  readonly persona?: Persona | null;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
  readonly platformRole?: PlatformRole;
}

const DEFAULT_TIME_ZONE = 'UTC';

/** Makes a pending account with its personal organization. Needs elevation and a transaction. */
export async function createUser(work: IdentityWork, { passwordHash, ...given }: NewUser): Promise<User> {
  const now = work.now();
  const user = work.em.create(User, {
    id: work.newId(),
    email: given.email,
    name: given.name.trim(),
    locale: given.locale ?? preferredLocale(work.locale),
    timeZone: given.timeZone ?? DEFAULT_TIME_ZONE,
    persona: given.persona ?? Persona.CUSTOMER,
    platformRole: given.platformRole ?? PlatformRole.MEMBER,
    status: UserStatus.PENDING,
    createdAt: now,
    updatedAt: now,
  } as User);
  // There are no relations that would tell the ORM in which order to insert, and the rest points here.
  await work.em.flush();
  work.em.create(PasswordCredential, { userId: user.id, hash: passwordHash, changedAt: now });
  const { id: organizationId } = await createPersonalOrganization(work, user);
  const { id: userId, name, locale, timeZone } = user;
  work.publish(
    'user.registered',
    { userId, email: given.email, name, locale, timeZone, organizationId },
    { organizationId },
  );
  return user;
}
