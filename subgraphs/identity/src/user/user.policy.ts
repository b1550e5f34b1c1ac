import type { Session } from '@supergraph/subgraph-kit';
import type { User } from './user.entity.ts';

/** E-mail, status and all else that is nobody's business. */
export function mayReadPrivateFields(session: Session, user: Pick<User, 'id' | 'shownToThemselves'>): boolean {
  return session.is(user.id) || session.can('identity:users.read') || user.shownToThemselves === true;
}
