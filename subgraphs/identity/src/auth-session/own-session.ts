import { forbidden, unauthenticated } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { AuthSession } from './auth-session.entity.ts';

/**
 * The session of the request's own token, for what concerns the account itself. An access token outlives its session by
 * up to 15 minutes; here that is too long.
 *
 * @throws `UNAUTHENTICATED` when the session has ended, `FORBIDDEN` for API keys and for support in a user's name
 */
export async function requireOwnSession(work: IdentityWork): Promise<AuthSession> {
  const { session } = work;
  const userId = session.requireUser();
  if (!session.authSessionId || session.actorId !== userId) throw forbidden('Only the person themselves may do this.');
  const own = await work.em.findOne(AuthSession, { id: session.authSessionId, userId });
  if (!own?.isLive(work.now())) throw unauthenticated('The session has ended. Sign in again.');
  return own;
}
