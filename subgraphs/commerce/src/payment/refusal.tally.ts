import type { CommerceWork } from '../context.ts';
import type { ProviderName } from './payment.provider.ts';

/** What comes in a provider's name, and why it is not believed. */
export type RefusedFor = 'UNSIGNED' | 'STALE';

/** Between two writes for one reason. */
const WRITE_EVERY_MS = 1_000;

const COUNT = `insert into provider_event_refusal (provider, reason, day, count, last_at) values (?, ?, ?, ?, ?)
  on conflict (provider, reason, day) do update
  set count = provider_event_refusal.count + excluded.count, last_at = excluded.last_at`;

/**
 * Counts what was refused, a row for each day and reason. Strangers cause it, so however much comes, it is written once a
 * second; what is left when a process ends is lost.
 */
export class RefusalTally {
  private readonly waiting = new Map<string, { count: number; writtenAt: number }>();

  async count(work: CommerceWork, provider: ProviderName, reason: RefusedFor): Promise<void> {
    const now = work.now();
    const key = `${provider} ${reason}`;
    const tally = this.waiting.get(key) ?? { count: 0, writtenAt: -Infinity };
    this.waiting.set(key, tally);
    tally.count += 1;
    if (now.getTime() - tally.writtenAt < WRITE_EVERY_MS) return;
    const count = tally.count;
    tally.count = 0;
    tally.writtenAt = now.getTime();
    await work.em.execute(COUNT, [provider, reason, now.toISOString().slice(0, 10), count, now], 'run');
  }
}
