import { createHash, randomInt } from 'node:crypto';
import type { IdentityWork } from '../context.ts';
import { RecoveryCode } from './recovery-code.entity.ts';

/** The longest code a client may send, with room for the spaces people type. */
export const MAX_CODE_LENGTH = 40;

const CODES = 10;
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Without letters and digits that look alike on paper. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/**
 * Makes ten new codes and voids those before. They are shown this once; what is kept are hashes. Fast ones will do:
 * a code has 79 random bits.
 */
export async function replaceRecoveryCodes(work: IdentityWork, userId: string): Promise<string[]> {
  await work.em.nativeDelete(RecoveryCode, { userId });
  const codes = Array.from({ length: CODES }, createCode);
  for (const code of codes) work.em.create(RecoveryCode, { userId, hash: hashCode(code) });
  return codes;
}

/** Uses a code up. Of several at the same time one wins. @returns whether it was good */
export async function redeemRecoveryCode(work: IdentityWork, userId: string, code: string): Promise<boolean> {
  const unused = { userId, hash: hashCode(code), usedAt: null };
  return (await work.em.nativeUpdate(RecoveryCode, unused, { usedAt: work.now() })) === 1;
}

function createCode(): string {
  const letter = () => ALPHABET[randomInt(ALPHABET.length)]!;
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** However it was typed: with or without dashes, in capitals or not. */
function hashCode(code: string): string {
  return createHash('sha256')
    .update(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .digest('base64url');
}
