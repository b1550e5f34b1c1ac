import type { EntityManager } from '@mikro-orm/postgresql';
import { badUserInput, idempotencyConflict } from '../errors/domain.error.ts';
import type { Session } from '../session/session.ts';
import type { Work } from '../work/work.ts';
import { IDEMPOTENCY_KEY } from './idempotency-key.rule.ts';
import { inputHash } from './input-hash.ts';

/** What can be kept and given again. Return ids, not entities: the caller reads those afresh. */
export type StorableResult = string | number | boolean | null | readonly StorableResult[] | object;

export interface RepeatableCall {
  /** Names the mutation, so that one key may serve several of them. */
  readonly operation: string;
  /** The client's: 1 to 128 printable characters. */
  readonly key: string;
  readonly input: unknown;
  /** Whose key it is, for somebody without an account; the session says it for everybody else. */
  readonly owner?: string | undefined;
}

const CLAIM = `insert into idempotency_key (owner, operation, key, input_hash, created_at)
  values (?, ?, ?, decode(?, 'hex'), ?) on conflict do nothing returning key`;

const FIRST = `select encode(input_hash, 'hex') as input_hash, result
  from idempotency_key where owner = ? and operation = ? and key = ?`;

const KEEP = `update idempotency_key set result = ?::jsonb where owner = ? and operation = ? and key = ?`;

/**
 * Runs something that must not happen twice, at most once per caller, operation and key.
 *
 * The key and the effect are committed together: a repetition gets the first result, one that comes while the first is
 * still running waits for it, and after a failure the key is free again. Results are kept as JSON for a week.
 *
 * @throws `IDEMPOTENCY_CONFLICT` when the key was used with another input
 * @throws `BAD_USER_INPUT` for a key that is empty, too long or not printable
 */
export async function idempotent<Result extends StorableResult>(
  work: Pick<Work, 'em' | 'session' | 'now' | 'transaction'>,
  { operation, key, input, owner }: RepeatableCall,
  run: () => Promise<Result>,
): Promise<Result> {
  if (!IDEMPOTENCY_KEY.test(key)) {
    throw badUserInput([{ path: 'idempotencyKey', message: 'An idempotency key has 1 to 128 printable characters.' }]);
  }
  const call = [owner ?? ownerOf(work.session), operation, key];
  const hash = inputHash(input).toString('hex');
  return work.transaction(async () => {
    // Where another transaction has claimed the key, this waits until that one is committed or undone.
    const claimed = await work.em.execute(CLAIM, [...call, hash, work.now()]);
    if (claimed.length === 0) return firstResult<Result>(work.em, call, hash);
    const result = JSON.stringify(await run());
    await work.em.execute(KEEP, [result, ...call], 'run');
    // As a repetition will get it: a date, for example, is a text from the first call on.
    return JSON.parse(result) as Result;
  });
}

async function firstResult<Result>(em: EntityManager, call: readonly string[], hash: string): Promise<Result> {
  const [first] = await em.execute<{ input_hash: string; result: Result }[]>(FIRST, [...call]);
  if (first?.input_hash !== hash) throw idempotencyConflict();
  return first.result;
}

/** A person's keys are told apart by the organization they act for: the same order for two shops is two orders. */
function ownerOf(session: Session): string {
  if (session.isSystem) return session.organizationId ? `system for ${session.organizationId}` : 'system';
  const userId = session.requireUser();
  return session.organizationId ? `${userId} for ${session.organizationId}` : userId;
}
