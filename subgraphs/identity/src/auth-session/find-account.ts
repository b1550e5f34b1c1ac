import type { IdentityWork } from '../context.ts';
import { elevated } from '../elevation.ts';

/** What a sign-in is checked against. */
export interface Account {
  readonly userId: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly hasSecondFactor: boolean;
}

/** The account behind an address: one statement, whether there is one or not. */
export function findAccount(work: IdentityWork, email: string): Promise<Account | undefined> {
  return elevated(work, async () => {
    const [row] = await work.em.execute<{ id: string; email: string; hash: string; second_factor: boolean }[]>(
      `select user_account.id, user_account.email, password_credential.hash,
         second_factor.confirmed_at is not null as second_factor
       from user_account
       join password_credential on password_credential.user_id = user_account.id
       left join second_factor on second_factor.user_id = user_account.id
       where user_account.email = ?`,
      [email],
    );
    return row && { userId: row.id, email: row.email, passwordHash: row.hash, hasSecondFactor: row.second_factor };
  });
}
