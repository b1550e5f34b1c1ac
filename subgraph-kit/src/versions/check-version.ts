import { versionConflict } from '../errors/domain.error.ts';

/** Something that people edit together. The ORM counts its version up with every change. */
export interface Versioned {
  readonly version: number;
}

/**
 * Refuses an edit that was made on an older state than there is now.
 *
 * @param expected the version the client read, before it changed anything
 * @throws `VERSION_CONFLICT` with the version there is now
 */
export function checkVersion(noun: string, entity: Versioned, expected: number): void {
  if (entity.version !== expected) throw versionConflict(noun, entity.version);
}
