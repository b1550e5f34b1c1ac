import type { Session } from '@supergraph/subgraph-kit';
import type { User } from '../user/user.entity.ts';
import { UserStatus } from '../user/user-status.ts';
import type { Invitation } from './invitation.entity.ts';

/** Whose role may be invited is decided like whose role may be given: `mayGiveRole`. */
export function mayInvite(session: Session): boolean {
  return session.can('identity:members.write');
}

/** Having the token is not enough: mails are forwarded. The address has to be shown to be one's own. */
export function mayAnswer(user: User, invitation: Invitation): boolean {
  return user.status === UserStatus.ACTIVE && user.email === invitation.email;
}
