import type { MikroORM } from '@mikro-orm/postgresql';
import { createOrm } from '../../src/database/orm.ts';
import {
  type DeadLetterDecision,
  type DeadLetterOutcome,
  settleDeadLetters,
} from '../../src/dead-letters/settle-dead-letters.ts';
import { Effect } from './effect.entity.ts';

export interface Letter {
  readonly id: string;
  readonly kind: string;
  readonly consumer: string;
  readonly subgraph: string;
  readonly name: string;
  readonly attempts: number;
  readonly last_error: string;
  readonly correlation_id: string;
  readonly organization_id: string | null;
  readonly state: string;
  /** What it was about. */
  readonly payment: string;
}

/** An operator, with a role of its own that may read and settle dead letters. */
export class Clerk {
  readonly #orm: MikroORM;

  private constructor(orm: MikroORM) {
    this.#orm = orm;
  }

  static async open(url: string): Promise<Clerk> {
    return new Clerk(await createOrm({ subgraph: 'clerk', url, entities: [Effect], poolSize: 8 }));
  }

  /** Letters of one state, the oldest first. */
  letters(state = 'WAITING'): Promise<Letter[]> {
    return this.sql<Letter>(
      `select letter.*, coalesce(event.data, letter.job -> 'data') ->> 'payment' as payment
       from bus.dead_letter letter left join bus.event on event.id = letter.event_id
       where state = ? order by failed_at, letter.id`,
      [state],
    );
  }

  /** Decides about one letter, or several at once, in a transaction of its own. */
  async settle(decision: DeadLetterDecision, ...letters: Letter[]): Promise<(DeadLetterOutcome | undefined)[]> {
    const ids = letters.map(({ id }) => id);
    const outcomes = await this.#orm.em.fork().transactional((em) => settleDeadLetters(em, decision, ids));
    return ids.map((id) => outcomes.get(id));
  }

  /** Decides about a letter, and before that is committed another clerk decides as well. */
  async settleTogether(
    letter: Letter,
    first: DeadLetterDecision,
    second: DeadLetterDecision,
  ): Promise<(DeadLetterOutcome | undefined)[]> {
    const em = this.#orm.em.fork();
    await em.begin();
    const outcomes = await settleDeadLetters(em, first, [letter.id]);
    let answered = false;
    const other = this.settle(second, letter).finally(() => (answered = true));
    while (!answered && (await this.sql('select from pg_locks where not granted')).length === 0);
    await em.commit();
    return [outcomes.get(letter.id), ...(await other)];
  }

  sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.#orm.em.fork().execute<Row[]>(text, values);
  }

  close(): Promise<void> {
    return this.#orm.close();
  }
}
