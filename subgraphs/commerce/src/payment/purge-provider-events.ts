import type { CommerceWork } from '../context.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH = 1_000;

/** Far longer than a provider goes on trying to deliver one: until then it is known when it comes again. */
const EVENT_DAYS = 90;
/** What contradicts us, and how much was refused, is evidence. */
const EVIDENCE_DAYS = 400;

const EVENTS = `delete from provider_event where id in (
  select id from provider_event where received_at < ? and (outcome <> 'CONFLICTING' or received_at < ?)
  order by received_at limit ${BATCH})`;

const REFUSALS = 'delete from provider_event_refusal where day < ?';

/** Forgets what providers told us long ago, in small steps so that nobody waits. Runs once a day. */
export async function purgeProviderEvents(work: CommerceWork): Promise<void> {
  const before = (days: number) => new Date(work.now().getTime() - days * DAY_MS);
  const [events, evidence] = [before(EVENT_DAYS), before(EVIDENCE_DAYS)];
  for (;;) {
    const { affectedRows } = await work.em.execute<{ affectedRows: number }>(EVENTS, [events, evidence], 'run');
    if (affectedRows < BATCH) break;
  }
  await work.em.execute(REFUSALS, [evidence], 'run');
}
