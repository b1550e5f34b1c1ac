import { badUserInput, permit } from '@supergraph/subgraph-kit';
import { requireOwnSession } from '../auth-session/own-session.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import { lockOrganization } from '../organization/lock-organization.ts';
import { refuseTooManyApiKeys } from '../plan/plan.limits.ts';
import { lockUser } from '../user/lock-user.ts';
import { ApiKey } from './api-key.entity.ts';
import { mayHandOver, mayMakeApiKeys } from './api-key.policy.ts';
import { createApiKeySecret } from './api-key.secret.ts';
import type { CreatedApiKey } from './api-key.types.ts';

const DAY_MS = 24 * 60 * 60_000;
const USUAL_LIFETIME_MS = 90 * DAY_MS;
const LONGEST_LIFETIME_MS = 366 * DAY_MS;

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: Date | null;
}

/**
 * Makes a key for a machine that is to work for the organization one acts for. Only in a session of one's own: a key
 * that could make keys would outlive its own end.
 *
 * @throws `CONFLICT` when the plan allows no more
 */
export async function createApiKey(work: IdentityWork, input: NewApiKey): Promise<CreatedApiKey> {
  const { session } = work;
  permit(session, mayMakeApiKeys(session));
  const organizationId = session.requireOrganization();
  const { userId } = await requireOwnSession(work);
  if (!mayHandOver(session, input.scopes)) {
    throw badUserInput([{ path: 'input.scopes', message: 'Give only permissions that you have yourself.' }]);
  }
  const expiresAt = endOf(input.expiresAt, work.now());
  return elevated(work, async () => {
    // Suspending and removing a person revoke their keys under these locks: none may come into being behind their back.
    await lockUser(work, userId);
    await lockOrganization(work, organizationId);
    await requireActingMember(work, organizationId);
    await refuseTooManyApiKeys(work, userId);
    const { secret, prefix, hash } = createApiKeySecret();
    const apiKey = work.em.create(ApiKey, {
      id: work.newId(),
      organizationId,
      userId,
      name: input.name.trim(),
      prefix,
      hash,
      scopes: [...new Set(input.scopes)],
      createdAt: work.now(),
      expiresAt,
    } as ApiKey);
    return { apiKey, secret };
  });
}

function endOf(given: Date | null | undefined, now: Date): Date {
  const end = given ?? new Date(now.getTime() + USUAL_LIFETIME_MS);
  const lifetime = end.getTime() - now.getTime();
  if (lifetime <= 0 || lifetime > LONGEST_LIFETIME_MS) {
    throw badUserInput([{ path: 'input.expiresAt', message: 'Choose a time within the next year.' }]);
  }
  return end;
}
