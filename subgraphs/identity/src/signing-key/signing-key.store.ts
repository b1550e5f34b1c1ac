import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Sealer } from '@supergraph/subgraph-kit';
import { generateKeyPair } from './key-pair.ts';
import { SigningKey } from './signing-key.entity.ts';

/** Lets one process at a time add keys, until the end of its transaction. */
export async function lockSigningKeys(em: EntityManager): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtext('identity signing keys'))`);
}

/** The keys whose tokens may still be in use, or will be; the one that signs last comes first. */
export function validSigningKeys(em: EntityManager, now: Date): Promise<SigningKey[]> {
  return em.find(
    SigningKey,
    { $or: [{ verifiesUntil: null }, { verifiesUntil: { $gt: now } }] },
    { orderBy: { signsFrom: 'desc' } },
  );
}

/** Adds a key that signs from `signsFrom` on. Hold the lock. */
export function addSigningKey(em: EntityManager, sealer: Sealer, now: Date, signsFrom: Date): void {
  // Not sortable by time: a key id is public, and when a key was made is nobody's business.
  em.create(SigningKey, { ...generateKeyPair(randomUUID(), sealer), createdAt: now, signsFrom } as SigningKey);
}
