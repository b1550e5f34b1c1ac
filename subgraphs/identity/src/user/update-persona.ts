import type { IdentityWork } from '../context.ts';
import { lockUser } from './lock-user.ts';
import type { Persona } from './persona.ts';
import type { User } from './user.entity.ts';

/** Puts on another hat. Access tokens tell of it from the next refresh on. */
export async function updatePersona(work: IdentityWork, { persona }: { persona: Persona }): Promise<User> {
  return work.transaction(async () => {
    const user = await lockUser(work, work.session.requirePerson());
    if (user.switchPersona(persona, work.now())) work.publish('user.persona_changed', { userId: user.id, persona });
    return user;
  });
}
