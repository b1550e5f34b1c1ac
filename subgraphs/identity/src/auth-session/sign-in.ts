import { forbidden, unauthenticated } from '@supergraph/subgraph-kit';
import type { IdentityWork } from '../context.ts';
import { PasswordCredential } from '../credential/password-credential.entity.ts';
import { elevated } from '../elevation.ts';
import { issueOneTimeToken } from '../one-time-token/issue-one-time-token.ts';
import { TokenPurpose } from '../one-time-token/one-time-token.entity.ts';
import { normaliseEmail } from '../user/email-address.ts';
import { lockUser } from '../user/lock-user.ts';
import { checkPassword } from './check-password.ts';
import type { Account } from './find-account.ts';
import type { SessionTokens } from './session-tokens.type.ts';
import type { LoginInput } from './sign-in.inputs.ts';
import type { SecondFactorRequired } from './sign-in.result.ts';
import { startSession } from './start-session.ts';

/**
 * Signs somebody in with their password, or asks for the second factor. The pending may come in, too: they get a token
 * without permissions, enough to look around until their address is verified.
 */
export async function signIn(work: IdentityWork, input: LoginInput): Promise<SessionTokens | SecondFactorRequired> {
  const account = await checkPassword(work, normaliseEmail(input.email), input.password);
  if (!account) throw wrongCredentials();
  return elevated(work, async () => {
    const user = await lockUser(work, account.userId);
    // Checked before the lock was held: a reset in between would leave us a session that it meant to end.
    if (!(await isStillTheirs(work, account))) throw wrongCredentials();
    if (!user.mayStartSession) throw forbidden('This account is suspended. Contact support.');
    if (!account.hasSecondFactor) return startSession(work, user);
    const { token, expiresAt } = await issueOneTimeToken(work, { userId: user.id, purpose: TokenPurpose.SecondFactor });
    return { challenge: token, expiresAt };
  });
}

async function isStillTheirs(work: IdentityWork, account: Account): Promise<boolean> {
  const credential = await work.em.findOne(PasswordCredential, { userId: account.userId });
  return credential?.hash === account.passwordHash;
}

/** The same words for an unknown address and for a wrong password. */
function wrongCredentials() {
  return unauthenticated('The e-mail address or the password is wrong.');
}
