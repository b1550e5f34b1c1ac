import { expect, it } from '@jest/globals';
import { withoutLiterals } from './without-literals.ts';

it.each([
  [`select "name" from "user_1" where id = $1`, `select "name" from "user_1" where id = $1`],
  [`where email = 'ada@example.com' and n = 42.5`, `where email = ? and n = ?`],
  [`'it''s' || 'a \\' secret' || next`, `? || ? || next`],
  [`do $body$ secret $body$ language sql`, `do ? language sql`],
  [`'never closed secret`, `?`],
  [`$$never closed secret`, `?`],
  [`limit $10 offset 5`, `limit $10 offset ?`],
  [`column_2 from t1`, `column_2 from t1`],
])('%s is told as %s', (statement, told) => {
  expect(withoutLiterals(statement)).toBe(told);
});

it('takes no time for what is hostile', () => {
  const startedAt = performance.now();
  withoutLiterals(`'${'\\'.repeat(100_000)}`);
  withoutLiterals('$a$'.repeat(50_000));
  withoutLiterals(`'${"''".repeat(100_000)}`);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
