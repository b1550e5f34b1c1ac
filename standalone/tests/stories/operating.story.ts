import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eventually } from '../support/eventually.ts';
import type { Market } from './market.ts';

export function operating(market: Market): void {
  it('sends once more what could not be sent', async () => {
    const operator = market.client('platform:operate');
    const content = { variables: {}, locale: 'en', timeZone: 'UTC', name: 'Lost', address: 'lost@example.com' };
    const [{ id }] = await market.sql(
      `insert into messaging.notification_delivery
         (id, source, type, channel, status, content, created_at, due_at, finished_at)
       values (gen_random_uuid(), 'a failure', 'WELCOME', 'EMAIL', 'FAILED', $1, now(), now(), now()) returning id`,
      [content],
    );
    await does(operator, 'retryNotificationDelivery', { id }, { status: 'QUEUED', finishedAt: null });
    const stateOf = async () =>
      (await market.sql('select status from messaging.notification_delivery where id = $1', [id]))[0].status;
    await eventually(async () => (await stateOf()) === 'SENT');
    expect(
      await market.sql('select 1 as one from messaging.email_message where recipient = $1', ['lost@example.com']),
    ).toEqual([{ one: 1 }]);
  });

  it('gives up what cannot be delivered, thinks again, and tries it once more', async () => {
    const operator = market.client('platform:dead_letters.read platform:dead_letters.write');
    const [{ id }] = await market.sql(
      `insert into bus.dead_letter (kind, consumer, name, attempts, last_error, failed_at, correlation_id, job_key, job)
       values ('JOB', 'messaging/purge-expired', 'purge-expired', 7, $1, now(), 'a story', 'a story', '{}') returning id`,
      ['Error'],
    );
    const those = { ids: [id] };
    const given = { changedCount: 1, deadLetters: [{ state: 'DISCARDED' }] };
    await does(operator, 'discardDeadLetters', { ...those, reason: 'Of no use any more' }, given);
    await does(operator, 'restoreDeadLetters', those, { changedCount: 1, deadLetters: [{ state: 'WAITING' }] });
    await does(operator, 'retryDeadLetters', those, { changedCount: 1, deadLetters: [{ state: 'RETRIED' }] });
    const LETTER = 'query ($id: ID!) { deadLetter(id: $id) { actions { decision reason } } }';
    const { deadLetter } = await operator.queryData(LETTER, { id });
    expect(deadLetter.actions.map(({ decision }: { decision: string }) => decision).toSorted()).toEqual([
      'DISCARD',
      'RESTORE',
      'RETRY',
    ]);
  });
}
