import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/** Runs SQL with `$1` parameters in the transaction an entity manager is in, or on its pool when it is in none. */
export async function runSql<Row>(em: EntityManager, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...values]));
  return rows;
}

/** A time as a number, because the ORM's connections hand out times as text. */
export const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
