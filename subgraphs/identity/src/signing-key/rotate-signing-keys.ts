import { ACCESS_TOKEN_LIFETIME_SECONDS } from '../auth-session/issue-access-token.ts';
import type { IdentityWork } from '../context.ts';
import { JWKS_MAX_AGE_SECONDS } from './jwks.route.ts';
import { SigningKey } from './signing-key.entity.ts';
import { addSigningKey, lockSigningKeys, validSigningKeys } from './signing-key.store.ts';
import { RELOAD_AFTER_MS } from './signing-keys.ts';

const KEY_LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** Twice as long as anybody may keep the key set, so that all have the new key before it signs anything. */
const PUBLISHED_AHEAD_MS = 2 * JWKS_MAX_AGE_SECONDS * 1000;

/** A process may go on signing with the old key until it reads the keys again; clocks differ a little, too. */
const SLACK_MS = RELOAD_AFTER_MS + 60_000;

/**
 * Replaces a key that has served for 30 days, and forgets those whose last token has expired. Safe to run at any time
 * and in several processes.
 */
export async function rotateSigningKeys(
  work: IdentityWork,
  { force = false }: { force?: boolean } = {},
): Promise<void> {
  const { em, services } = work;
  await work.transaction(async () => {
    await lockSigningKeys(em);
    const now = work.now();
    const keys = await validSigningKeys(em, now);
    await em.nativeDelete(SigningKey, { verifiesUntil: { $lte: now } });
    const newest = keys[0];
    if (newest && newest.signsFrom.getTime() > now.getTime()) return;
    if (newest && !force && now.getTime() - newest.signsFrom.getTime() < KEY_LIFETIME_MS) return;
    const signsFrom = new Date(now.getTime() + PUBLISHED_AHEAD_MS);
    for (const key of keys) {
      key.verifiesUntil ??= new Date(signsFrom.getTime() + ACCESS_TOKEN_LIFETIME_SECONDS * 1000 + SLACK_MS);
    }
    addSigningKey(em, services.sealer, now, signsFrom);
  });
  await services.signingKeys.reload();
}
