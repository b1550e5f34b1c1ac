import { versionConflict } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { announceProfile } from './announce-profile.ts';
import { lockUser } from './lock-user.ts';
import type { User } from './user.entity.ts';

export interface ProfileChange {
  readonly version: number;
  readonly name?: string | null;
  /** `null` takes the picture away. */
  readonly avatarUrl?: string | null;
  readonly locale?: string | null;
  readonly timeZone?: string | null;
}

/** Changes how somebody is called, seen and addressed. @throws `VERSION_CONFLICT` */
export async function updateProfile(work: IdentityWork, { version, ...change }: ProfileChange): Promise<User> {
  return work.transaction(async () => {
    const user = await lockUser(work, work.session.requirePerson());
    if (user.version !== version) throw versionConflict('User', user.version);
    user.changeProfile(change, work.now());
    announceProfile(work, user);
    return user;
  });
}
