import {
  badUserInput,
  type DeadLetterOutcome,
  idempotent,
  isIdentifier,
  MAX_DEAD_LETTERS,
  permit,
  settleDeadLetters,
} from '@supergraph/subgraph-kit';
import type { PlatformWork } from '../context.ts';
import { DeadLetterAction, DeadLetterDecision } from './dead-letter-action.entity.ts';
import { DeadLetter, DeadLetterState } from './dead-letter.entity.ts';
import type { DeadLetterFilter, DeadLetterSelectionInput } from './dead-letter.inputs.ts';
import { type DeadLetterChange, DeadLetterRefusal } from './dead-letter.payloads.ts';
import { mayDecideAboutDeadLetters } from './dead-letter.policy.ts';
import { conditionOf } from './search-dead-letters.ts';

/** So many letters one call by filter looks at: what it changes, it holds until it is through with all. */
const MAX_BY_FILTER = 1_000;

const SETTLEMENTS = {
  [DeadLetterDecision.RETRY]: { decision: 'retry', from: DeadLetterState.WAITING },
  [DeadLetterDecision.DISCARD]: { decision: 'discard', from: DeadLetterState.WAITING },
  [DeadLetterDecision.RESTORE]: { decision: 'restore', from: DeadLetterState.DISCARDED },
} as const;

const REFUSALS: Readonly<Record<Exclude<DeadLetterOutcome, 'CHANGED'>, DeadLetterRefusal>> = {
  WAITING: DeadLetterRefusal.NOT_DISCARDED,
  RETRIED: DeadLetterRefusal.ALREADY_RETRIED,
  DISCARDED: DeadLetterRefusal.ALREADY_DISCARDED,
  NO_CONSUMER: DeadLetterRefusal.NO_CONSUMER,
  SUPERSEDED: DeadLetterRefusal.SUPERSEDED,
};

/**
 * Carries out what an operator decided, and records who that was, in one transaction. Each letter is changed by one
 * operator at most; the others are told what it has become.
 *
 * @param announce is told what was changed, if anything was
 */
export async function decideAboutDeadLetters(
  work: PlatformWork,
  decision: DeadLetterDecision,
  { idempotencyKey: key, ...input }: DeadLetterSelectionInput & { readonly reason?: string },
  announce: (changedIds: string[]) => void,
): Promise<DeadLetterChange> {
  permit(work.session, mayDecideAboutDeadLetters(work.session));
  const { ids, filter, reason } = input;
  if (!ids === !filter) throw badUserInput([{ path: 'input.ids', message: 'Give either ids or a filter.' }]);
  const decide = async (): Promise<DeadLetterChange> => {
    const change = await (ids ? settleByIds(work, decision, ids) : settleByFilter(work, decision, filter!));
    if (change.changedCount > 0) {
      await record(work, decision, change.changedIds, reason);
      announce([...change.changedIds]);
    }
    return change;
  };
  if (!key) return work.transaction(decide);
  return idempotent(work, { operation: `deadLetters:${decision}`, key, input }, decide);
}

async function settleByIds(work: PlatformWork, decision: DeadLetterDecision, ids: readonly string[]) {
  const asked = [...new Set(ids.map((id) => id.toLowerCase()))];
  const outcomes = await settleDeadLetters(work.em, SETTLEMENTS[decision].decision, asked.filter(isIdentifier));
  return changeOf(asked, outcomes, false);
}

/** In batches; those that cannot be changed are left behind, or they would be all that is ever looked at. */
async function settleByFilter(work: PlatformWork, decision: DeadLetterDecision, filter: DeadLetterFilter) {
  const { decision: name, from } = SETTLEMENTS[decision];
  const outcomes = new Map<string, DeadLetterOutcome>();
  const startedAt = await databaseTime(work);
  let found: string[];
  do {
    const left = [...outcomes].filter(([, outcome]) => outcome !== 'CHANGED').map(([id]) => id);
    const letters = await work.em.find(
      DeadLetter,
      { $and: [{ state: from, failedAt: { $lt: startedAt }, id: { $nin: left } }, conditionOf(filter)] },
      { fields: ['id'], orderBy: { failedAt: 'asc', id: 'asc' }, limit: MAX_DEAD_LETTERS, disableIdentityMap: true },
    );
    found = letters.map(({ id }) => id);
    for (const [id, outcome] of await settleDeadLetters(work.em, name, found)) outcomes.set(id, outcome);
  } while (found.length === MAX_DEAD_LETTERS && outcomes.size < MAX_BY_FILTER);
  return changeOf([...outcomes.keys()], outcomes, found.length === MAX_DEAD_LETTERS);
}

/** What dies from now on is not meant: what keeps failing would be retried for as long as the call goes on. */
async function databaseTime({ em }: PlatformWork): Promise<Date> {
  const [{ now }] = (await em.execute<{ now: string }[]>('select now() as now')) as [{ now: string }];
  return new Date(now);
}

function changeOf(
  asked: readonly string[],
  outcomes: ReadonlyMap<string, DeadLetterOutcome>,
  hasMore: boolean,
): DeadLetterChange {
  const changedIds: string[] = [];
  const unchanged: { id: string; reason: DeadLetterRefusal }[] = [];
  for (const id of asked) {
    const outcome = outcomes.get(id);
    if (outcome === 'CHANGED') changedIds.push(id);
    else unchanged.push({ id, reason: outcome ? REFUSALS[outcome] : DeadLetterRefusal.NOT_FOUND });
  }
  return {
    changedCount: changedIds.length,
    changedIds,
    unchangedCount: unchanged.length,
    unchanged: unchanged.slice(0, MAX_DEAD_LETTERS),
    hasMore,
  };
}

async function record(
  work: PlatformWork,
  decision: DeadLetterDecision,
  ids: readonly string[],
  reason: string | undefined,
): Promise<void> {
  const { session, correlationId } = work;
  const by = { decision, actorId: session.actorId ?? session.requireUser(), reason, correlationId, madeAt: work.now() };
  await work.em.insertMany(
    DeadLetterAction,
    ids.map((deadLetterId) => ({ id: work.newId(), deadLetterId, ...by })),
  );
}
