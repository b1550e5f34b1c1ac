import { type EntityManager, type EntityName, type FilterQuery, OptimisticLockError } from '@mikro-orm/postgresql';
import { versionConflict } from '../errors/domain.error.ts';
import type { Versioned } from './check-version.ts';

/**
 * Two edits passed `checkVersion` at the same time and the database let one through: tells the other what a late one is
 * told, with the version there is now. Any other error comes back as it is.
 */
export async function lostRace(em: EntityManager, error: unknown): Promise<unknown> {
  if (!(error instanceof OptimisticLockError)) return error;
  const entity = error.getEntity();
  if (!entity) return error;
  const meta = em.getMetadata().get<Versioned>(entity.constructor as EntityName<Versioned>);
  const key = meta.primaryKeys[0]!;
  // A fork of its own: the transaction that lost has ended, and its identity map holds what was not written.
  const now = await em.fork().findOne(meta.class, { [key]: (entity as Versioned)[key] } as FilterQuery<Versioned>);
  return versionConflict(meta.className, now?.version);
}
