import type { EntityManager } from '@mikro-orm/postgresql';
import { runSql } from '../events/statement.ts';

/** What an operator decides about a dead letter. */
export type DeadLetterDecision = 'retry' | 'discard' | 'restore';

/**
 * What came of it. `CHANGED`, or why nothing was changed: the state the letter is in (`WAITING`, `RETRIED`, `DISCARDED`);
 * `NO_CONSUMER`, because nobody is there any more to handle it; `SUPERSEDED`, because that very thing is being done already.
 */
export type DeadLetterOutcome = 'CHANGED' | 'WAITING' | 'RETRIED' | 'DISCARDED' | 'NO_CONSUMER' | 'SUPERSEDED';

/** So many in one statement; more would hold their locks for too long. */
export const MAX_DEAD_LETTERS = 100;

const STATEMENTS: Readonly<Record<DeadLetterDecision, string>> = {
  retry: 'select letter_id, outcome from bus.retry_dead_letters($1)',
  discard: 'select letter_id, outcome from bus.discard_dead_letters($1)',
  restore: 'select letter_id, outcome from bus.restore_dead_letters($1)',
};

/**
 * Carries out a decision about dead letters of any subgraph, as part of the entity manager's transaction: what is retried
 * is delivered, or run, after its commit. Decisions are taken one after the other, so each letter gets one outcome,
 * whoever else decides at the same time.
 *
 * Takes a role that was granted this by a migration; see `migrations/bus/0002_dead_letters.sql`.
 *
 * @param ids UUIDs, at most 100
 * @returns by id; an id that no letter has is missing
 */
export async function settleDeadLetters(
  em: EntityManager,
  decision: DeadLetterDecision,
  ids: readonly string[],
): Promise<ReadonlyMap<string, DeadLetterOutcome>> {
  if (ids.length > MAX_DEAD_LETTERS) throw new RangeError(`At most ${MAX_DEAD_LETTERS} dead letters at once.`);
  const rows = await runSql<{ letter_id: string; outcome: DeadLetterOutcome }>(em, STATEMENTS[decision], [ids]);
  return new Map(rows.map(({ letter_id, outcome }) => [letter_id, outcome]));
}
