import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { mailVerification } from '../email-verification/mail-verification.ts';
import { subjectOf } from '../throttling/sign-in-lockout.ts';
import { createUser } from './create-user.ts';
import { normaliseEmail } from './email-address.ts';
import { lockEmail } from './lock-user.ts';
import type { Persona } from './persona.ts';
import { User } from './user.entity.ts';
import { UserStatus } from './user-status.ts';

export interface Registration {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly persona?: Persona | null;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
}

/**
 * Registers a person, with an organization of their own, and asks for a mail to verify their address.
 *
 * An address that is taken gets the same answer; a mail tells its owner. A pending account keeps the password of its
 * first registration: whoever registers somebody else's address must not be able to slip their password in later.
 *
 * @returns the address as it is compared
 * @throws `RATE_LIMITED`
 */
export async function registerUser(work: IdentityWork, { password, ...input }: Registration): Promise<string> {
  const email = normaliseEmail(input.email);
  const { throttles, passwords } = work.services;
  await throttles.registrationsPerAddress.consume(work.clientAddress);
  // Every registration causes a mail, whoever it is to.
  await throttles.mailsPerAccount.consume(subjectOf(email));
  // First, and in any case: most of the time an answer takes is spent here.
  const passwordHash = await passwords.hash(password);
  await elevated(work, async () => {
    await lockEmail(work, email);
    const owner = await work.em.findOne(User, { email });
    if (owner) await tellOwner(work, owner, email);
    else await mailVerification(work, await createUser(work, { ...input, email, passwordHash }), email);
  });
  return email;
}

async function tellOwner(work: IdentityWork, owner: User, email: string): Promise<void> {
  if (owner.status === UserStatus.PENDING) return mailVerification(work, owner, email);
  work.publish('user.registration_repeated', { userId: owner.id, email, name: owner.name, locale: owner.locale });
}
