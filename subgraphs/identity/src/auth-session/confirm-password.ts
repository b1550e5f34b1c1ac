import { badUserInput } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { User } from '../user/user.entity.ts';
import type { AuthSession } from './auth-session.entity.ts';
import { checkPassword } from './check-password.ts';
import { requireOwnSession } from './own-session.ts';

/**
 * Has the person prove once more who they are, before something that a stranger at an open laptop must not do. Wrong
 * answers count like failed sign-ins.
 */
export async function confirmPassword(work: IdentityWork, password: string, path: string): Promise<AuthSession> {
  const own = await requireOwnSession(work);
  const { email } = await work.em.findOneOrFail(User, own.userId);
  if (!email || !(await checkPassword(work, email, password))) {
    throw badUserInput([{ path, message: 'This is not your password.' }]);
  }
  return own;
}
