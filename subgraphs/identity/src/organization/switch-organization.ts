import { LockMode } from '@mikro-orm/postgresql';
import { forbidden, notFound, parseId, unauthenticated } from '@supergraph/subgraph-kit';
import { AuthSession } from '../auth-session/auth-session.entity.ts';
import { requireOwnSession } from '../auth-session/own-session.ts';
import { issueSessionTokens } from '../auth-session/session-tokens.ts';
import type { SessionTokens } from '../auth-session/session-tokens.type.ts';
import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';
import { Membership } from '../membership/membership.entity.ts';
import { lockUser } from '../user/lock-user.ts';
import { Organization } from './organization.entity.ts';

/**
 * Goes on acting for another organization, in the same session, which remembers it for all its refreshes. Tokens issued
 * before keep acting for the former one until they end; another tab's refresh token stays good, or it would be taken
 * for a thief's.
 */
export async function switchOrganization(
  work: IdentityWork,
  { organizationId: given }: { organizationId: string },
): Promise<SessionTokens> {
  const own = await requireOwnSession(work);
  const organizationId = parseId('Organization', given);
  return elevated(work, async () => {
    const user = await lockUser(work, own.userId);
    if (!user.mayStartSession) throw forbidden('This account is suspended. Contact support.');
    const member = await work.em.findOne(Membership, { organizationId, userId: user.id });
    const organization = member && (await work.em.findOne(Organization, { id: organizationId, deletedAt: null }));
    if (!organization) throw notFound('Organization');
    const session = await work.em.findOneOrFail(
      AuthSession,
      { id: own.id },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (!session.isLive(work.now())) throw unauthenticated('The session has ended. Sign in again.');
    session.organizationId = organizationId;
    session.lastUsedAt = work.now();
    return issueSessionTokens(work, user, session);
  });
}
