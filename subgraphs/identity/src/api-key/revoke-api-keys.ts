import type { IdentityWork } from '../context.ts';
import { ApiKey } from './api-key.entity.ts';

export interface ApiKeySelection {
  readonly userId: string;
  /** Only those for this organization. */
  readonly organizationId?: string;
}

/** Revokes what somebody has made: a key dies with the rights it borrowed. Needs elevation. @returns how many */
export async function revokeApiKeys(work: IdentityWork, selection: ApiKeySelection): Promise<number> {
  return work.em.nativeUpdate(
    ApiKey,
    { ...selection, revokedAt: null },
    { revokedAt: work.now() },
    // Of every organization, not only of the one the caller acts for.
    { filters: false },
  );
}
