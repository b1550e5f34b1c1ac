import { describe, expect, test } from '@jest/globals';
import { shortenError } from './shorten-error.ts';

describe('An error as an operator sees it', () => {
  test.each([
    ['The mail server is away.', 'The mail server is away.'],
    ['TypeError: the books\n    are closed', 'TypeError: the books are closed'],
    ['connect ECONNREFUSED 127.0.0.1:25', 'connect ECONNREFUSED 127.0.0.1:25'],
    ['Order 0199a000-0000-7000-8000-000000000001 not found.', 'Order 0199a000-0000-7000-8000-000000000001 not found.'],
    ['no such table: messaging.notification_delivery', 'no such table: messaging.notification_delivery'],
  ])('says what happened: %j', (error, shown) => {
    expect(shortenError(error)).toBe(shown);
  });

  test.each([
    ['postgres://admin:hunter2@db.internal:5432/app?sslkey=hunter2 refused', 'postgres://db.internal:5432 refused'],
    ['GET https://example.com/reset?token=hunter2 answered 500', 'GET https://example.com answered 500'],
    ['550 no mailbox for hunter2@example.com', '550 no mailbox for ***'],
    ['Authorization: Bearer hunter2', 'Authorization: *** ***'],
    ['401 for Bearer hunter2.hunter2', '401 for Bearer ***'],
    ['{"password":"hunter2","user":"x"}', '{"password":"***","user":"x"}'],
    ['SMTP_PASSWORD=hunter2 is wrong', 'SMTP_PASSWORD=*** is wrong'],
    ['api_key: hunter2', 'api_key: ***'],
    [
      'duplicate key: Key (email, name)=(hunter2, 1) already exists.',
      'duplicate key: Key (email, name)=(***) already exists.',
    ],
    ['Failing row contains (1, hunter2, null).', 'Failing row contains (***).'],
    [
      `insert into user (name) values ('hunter2') - no such column`,
      `insert into user (name) values ('***') - no such column`,
    ],
    ['calls to +49 170 1234567 are refused', 'calls to *** are refused'],
    ['bad signature sk_live_hunter2hunter2hunter2', 'bad signature ***'],
    ['eyJhbGciOiJFUzI1NiIs.eyJodW50ZXIyIjoxfQ.c2lnbmF0dXJl is expired', '*** is expired'],
  ])('keeps secrets and people out of it: %j', (error, shown) => {
    expect(shortenError(error)).toBe(shown);
    expect(shown).not.toContain('hunter2');
  });

  test('is short, however long the error was, and quick', () => {
    expect(shortenError('x '.repeat(1_000))).toHaveLength(300);
    const started = performance.now();
    for (const text of ['a@', '(', "'", 'https://', '+1', 'token=', ')=(', '9a']) shortenError(text.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(200);
  });
});
