import type { IdentityWork } from '../context.ts';
import { OneTimeToken, TokenPurpose } from './one-time-token.entity.ts';
import { createSecretToken } from './secret-token.ts';

const MINUTE = 60_000;

const LIFETIME_MS: Readonly<Record<TokenPurpose, number>> = {
  [TokenPurpose.VerifyEmail]: 24 * 60 * MINUTE,
  [TokenPurpose.ChangeEmail]: 60 * MINUTE,
  [TokenPurpose.ResetPassword]: 30 * MINUTE,
  [TokenPurpose.SecondFactor]: 5 * MINUTE,
};

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

export interface TokenRequest {
  readonly userId: string;
  readonly purpose: TokenPurpose;
  readonly subject?: string;
}

/**
 * Issues a token that works once. Of those that are mailed only the latest is good: whoever asked twice has two mails
 * and should not have to wonder.
 */
export async function issueOneTimeToken(work: IdentityWork, request: TokenRequest): Promise<IssuedToken> {
  const { userId, purpose, subject } = request;
  const now = work.now();
  // Two windows may each be waiting for a code.
  if (purpose !== TokenPurpose.SecondFactor) await work.em.nativeDelete(OneTimeToken, { userId, purpose });
  const { token, hash } = createSecretToken();
  const expiresAt = new Date(now.getTime() + LIFETIME_MS[purpose]);
  work.em.create(OneTimeToken, { hash, userId, purpose, subject: subject ?? null, createdAt: now, expiresAt });
  return { token, expiresAt };
}
