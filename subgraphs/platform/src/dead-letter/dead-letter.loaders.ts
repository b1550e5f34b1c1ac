import { loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { PlatformReader } from '../context.ts';
import { DeadLetterAction } from './dead-letter-action.entity.ts';
import { DeadLetter } from './dead-letter.entity.ts';
import { mayReadDeadLetters, mayReadPayloads } from './dead-letter.policy.ts';

/** The latest of each letter; who goes on discarding and restoring one does not make the answer grow for ever. */
const MAX_ACTIONS = 20;

const ACTIONS = `
select * from (
  select dead_letter_action.*,
    row_number() over (partition by dead_letter_id order by made_at desc, id desc) as place
  from dead_letter_action where dead_letter_id = any(?::uuid[])
) newest where place <= ${MAX_ACTIONS} order by made_at desc, id desc`;

/** An event is in the log; a job is with its letter, as the queue keeps it. */
const PAYLOADS = `
select letter.id, coalesce(event.data, letter.job -> 'data') as data
from bus.dead_letter letter left join bus.event on event.id = letter.event_id
where letter.id = any(?::uuid[])`;

export function createDeadLetterLoaders({ em, session }: PlatformReader) {
  const byId = loadOne(em, DeadLetter);
  return {
    /** For a caller who may see none of them, what exists and what does not look the same. */
    deadLetterById: mayReadDeadLetters(session)
      ? byId
      : new DataLoader<string, DeadLetter | null>(async (ids) => ids.map(() => null)),
    actionsOfDeadLetter: new DataLoader<string, DeadLetterAction[]>(async (ids) => {
      if (!mayReadDeadLetters(session)) return ids.map(() => []);
      const rows = await em.execute<object[]>(ACTIONS, [uuids(ids)]);
      const actions = Map.groupBy(
        rows.map((row) => em.map(DeadLetterAction, row)),
        ({ deadLetterId }) => deadLetterId,
      );
      return ids.map((id) => actions.get(id) ?? []);
    }),
    payloadOfDeadLetter: new DataLoader<string, object | null>(async (ids) => {
      if (!mayReadPayloads(session)) return ids.map(() => null);
      const rows = await em.execute<{ id: string; data: object | null }[]>(PAYLOADS, [uuids(ids)]);
      const payloads = new Map(rows.map(({ id, data }) => [id, data]));
      return ids.map((id) => payloads.get(id) ?? null);
    }),
  };
}

/** As PostgreSQL writes an array: the ORM would spread one of JavaScript's over the statement. */
const uuids = (ids: readonly string[]): string => `{${ids.join(',')}}`;
