import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { requireActingMember } from '../membership/acting-member.ts';
import { ApiKey } from './api-key.entity.ts';
import { mayRevokeApiKey } from './api-key.policy.ts';

/** Makes a key worthless at once, and ends its live connections; tokens it got end within 15 minutes. */
export async function revokeApiKey(work: IdentityWork, { id: given }: { id: string }): Promise<ApiKey> {
  const id = parseId('API key', given);
  const organizationId = work.session.requireOrganization();
  await requireActingMember(work, organizationId);
  const key = await work.em.findOne(ApiKey, { id, organizationId });
  if (!key) throw notFound('API key');
  permit(work.session, mayRevokeApiKey(work.session, key));
  if (key.revokedAt) return key;
  key.revoke(work.now());
  work.publish('api_key.revoked', { userId: key.userId, apiKeyId: key.id }, { organizationId });
  return key;
}
