import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '@supergraph/protocol';
import { rateLimited } from '../errors/domain.error.ts';

export interface RateLimit {
  /** Unique within the subgraph. */
  readonly name: string;
  /** How many there may be within any stretch of `seconds`. */
  readonly attempts: number;
  readonly seconds: number;
}

export interface RateLimiterParts {
  /** A kernel's `asSystem`: attempts count in a transaction of their own, whatever becomes of what was attempted. */
  readonly asSystem: <Result>(run: (work: { readonly em: EntityManager }) => Promise<Result>) => Promise<Result>;
  readonly clock: Clock;
}

/** The arrays stay small enough to be rewritten at each attempt. */
const MOST_ATTEMPTS = 10_000;

const TAKE = `
  insert into attempt as kept (key, made_at, expires_at) values (?, array[?::timestamptz], ?)
  on conflict (key) do update set
    made_at = array(select made from unnest(kept.made_at) made where made > ? order by made) || excluded.made_at,
    expires_at = excluded.expires_at
  where (select count(*) from unnest(kept.made_at) made where made > ?) < ?
  returning 1`;

const NEXT_FREE = `
  select (select made from unnest(made_at) made order by made desc offset ? limit 1) as leaves
  from attempt where key = ?`;

/**
 * Limits how often something is tried. Exact over any stretch of time, not only from one full minute to the next, and
 * for all processes that share the database: where guessing must be stopped, twice the limit at the turn of a minute
 * would be twice too much.
 */
export class RateLimiter {
  readonly #parts: RateLimiterParts;
  readonly #limit: RateLimit;

  constructor(parts: RateLimiterParts, limit: RateLimit) {
    if (limit.attempts < 1 || limit.attempts > MOST_ATTEMPTS) {
      throw new RangeError(`A limit is of 1 to ${MOST_ATTEMPTS} attempts.`);
    }
    this.#parts = parts;
    this.#limit = limit;
  }

  /**
   * Counts an attempt, or refuses it. A refused one does not count: whoever keeps knocking does not shut themselves out
   * for longer.
   *
   * @param key whom the limit is for; without one, as where an address is not known, there is none
   * @throws `RATE_LIMITED` with the seconds until there is room again
   */
  async consume(key: string | undefined): Promise<void> {
    if (key === undefined) return;
    const { attempts, seconds } = this.#limit;
    const now = this.#parts.clock.now();
    const window = seconds * 1000;
    const since = new Date(now.getTime() - window);
    const values = [this.#name(key), now, new Date(now.getTime() + window), since, since, attempts];
    await this.#parts.asSystem(async ({ em }) => {
      if ((await em.execute<unknown[]>(TAKE, values)).length > 0) return;
      const [row] = await em.execute<{ leaves: string | Date | null }[]>(NEXT_FREE, [attempts - 1, this.#name(key)]);
      const freeAt = row?.leaves ? new Date(row.leaves).getTime() + window : now.getTime();
      throw rateLimited(Math.max(1, Math.ceil((freeAt - now.getTime()) / 1000)));
    });
  }

  /** Takes back the latest attempt: it turned out to be none of those that the limit is for. */
  async giveBack(key: string | undefined): Promise<void> {
    if (key === undefined) return;
    await this.#parts.asSystem(({ em }) =>
      em.execute('update attempt set made_at = made_at[:cardinality(made_at) - 1] where key = ?', [this.#name(key)]),
    );
  }

  #name(key: string): string {
    return `${this.#limit.name} ${key}`;
  }
}

/** Forgets attempts that no limit looks at any more, and says how many rows. Meant for an hourly job. */
export async function purgeAttempts(em: EntityManager, now: Date): Promise<number> {
  const { affectedRows } = await em.execute<{ affectedRows: number }>(
    'delete from attempt where expires_at <= ?',
    [now],
    'run',
  );
  return affectedRows;
}
