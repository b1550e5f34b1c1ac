import { unauthenticated } from '@supergraph/subgraph-kit';
import { issueAccessToken } from '../auth-session/issue-access-token.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { grantsOfUser } from '../role/grants-of-user.ts';
import { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';
import { ApiKey } from './api-key.entity.ts';
import { hashApiKey, isApiKeySecret } from './api-key.secret.ts';
import type { ApiToken } from './api-key.types.ts';

/** Fine enough to tell a key that is in use; a busy one must not cost a write per token. */
const LAST_USE_PRECISION_MS = 60_000;

/**
 * Exchanges an API key for an access token: for its organization, without the roles of its maker, and with no more of
 * its scopes than the maker has at this moment. Whoever made it must be active and a member still.
 *
 * @throws `UNAUTHENTICATED`, whatever it is that the key lacks; `RATE_LIMITED`
 */
export async function createApiToken(work: IdentityWork, { apiKey }: { apiKey: string }): Promise<ApiToken> {
  await work.services.throttles.signInsPerAddress.consume(work.clientAddress);
  if (!isApiKeySecret(apiKey)) throw invalidKey();
  return elevated(work, async () => {
    const key = await work.em.findOne(ApiKey, { hash: hashApiKey(apiKey) }, { filters: false });
    if (!key?.isLive(work.now())) throw invalidKey();
    const user = await work.em.findOne(User, { id: key.userId, status: UserStatus.ACTIVE });
    if (!user) throw invalidKey();
    const grants = await grantsOfUser(work.em, user, key.organizationId);
    // Without membership, or once the organization is deleted, the grants are those of the personal one.
    if (grants.organizationId !== key.organizationId) throw invalidKey();
    const scopes = key.scopes.filter((scope) => grants.permissions.includes(scope));
    noteUse(work, key);
    const { token, expiresAt } = await issueAccessToken(work, {
      user,
      grants: { ...grants, roles: [], permissions: scopes },
      apiKeyId: key.id,
    });
    return { accessToken: token, accessTokenExpiresAt: expiresAt, scopes };
  });
}

function noteUse(work: IdentityWork, key: ApiKey): void {
  const now = work.now();
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= LAST_USE_PRECISION_MS) key.lastUsedAt = now;
}

/** The same for a key that never was, was revoked, or is too old: there is nothing to be learnt by trying. */
function invalidKey() {
  return unauthenticated('This API key is not valid.');
}
