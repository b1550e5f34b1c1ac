import type { IdentityWork } from '../context.ts';
import type { User } from './user.entity.ts';

/** Tells those who keep a copy of how to address a user. */
export function announceProfile(work: IdentityWork, { id, email, name, locale, timeZone }: User): void {
  work.publish('user.profile_changed', { userId: id, email: email!, name, locale, timeZone });
}
