import { beforeEach, describe, expect, test } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { createLogger, systemClock } from '@supergraph/protocol';
import type { Live } from '../live/live.ts';
import { Session } from '../session/session.ts';
import { Work } from './work.ts';

interface Events {
  'door.opened': { readonly door: string };
}

/** What an entity manager is asked to do, in order. */
class RecordingEntityManager {
  readonly diary: string[] = [];
  inTransaction = false;
  failing: string | undefined;

  isInTransaction(): boolean {
    return this.inTransaction;
  }
  async begin(): Promise<void> {
    this.#note('begin');
    this.inTransaction = true;
  }
  async flush(): Promise<void> {
    this.#note('flush');
  }
  async commit(): Promise<void> {
    this.#note('commit');
    this.inTransaction = false;
  }
  async rollback(): Promise<void> {
    this.inTransaction = false;
    this.#note('rollback');
  }

  #note(step: string): void {
    this.diary.push(step);
    if (step === this.failing) throw new Error(`${step} failed`);
  }
}

describe('work', () => {
  let em: RecordingEntityManager;
  let work: Work<object, Events>;

  const open = () => {
    const scope = {
      session: Session.system('0199a000-0000-7000-8000-000000000001'),
      correlationId: 'request-42',
      clock: systemClock,
      log: createLogger('work', 'silent'),
      live: undefined as unknown as Live,
      services: {},
    };
    const outbox = {
      append: async (_: unknown, events: readonly { name: string }[]) => void em.diary.push(`${events.length} event`),
      enqueue: async (_: unknown, jobs: readonly object[]) => void em.diary.push(`job ${JSON.stringify(jobs)}`),
    };
    return new Work<object, Events>(em as unknown as EntityManager, scope, outbox, { 'door.opened': 1 });
  };

  beforeEach(() => {
    em = new RecordingEntityManager();
    work = open();
  });

  test('commits changes, then events, then what only hints at them', async () => {
    work.publish('door.opened', { door: 'front' });
    work.afterCommit(() => void em.diary.push('hint'));
    await work.commit();
    expect(em.diary).toEqual(['begin', 'flush', '1 event', 'commit', 'hint']);
  });

  test('without anything to announce leaves the transaction to the ORM', async () => {
    await work.commit();
    expect(em.diary).toEqual(['flush']);
  });

  test('hands jobs over with what asked for them', async () => {
    work.schedule({ name: 'ring', data: {} });
    await work.commit();
    const job = { name: 'ring', data: {}, correlationId: 'request-42', organizationId: work.session.organizationId };
    expect(em.diary).toContain(`job ${JSON.stringify([job])}`);
  });

  test('nested in a transaction waits for its end', async () => {
    await work.transaction(async () => {
      work.publish('door.opened', { door: 'front' });
      work.afterCommit(() => void em.diary.push('hint'));
      await work.transaction(async () => work.publish('door.opened', { door: 'back' }));
      await work.commit();
      em.diary.push('end of use-case');
    });
    expect(em.diary).toEqual(['begin', 'flush', 'end of use-case', 'flush', '2 event', 'commit', 'hint']);
  });

  test('begins one transaction when two parts of it ask at once', async () => {
    await Promise.all([work.transaction(async () => {}), work.transaction(async () => {})]);
    expect(em.diary.filter((step) => step === 'begin')).toHaveLength(1);
  });

  test('that cannot begin can be tried again', async () => {
    em.failing = 'begin';
    await expect(work.transaction(async () => {})).rejects.toThrow('begin failed');
    em.failing = undefined;
    await work.transaction(async () => {});
    expect(em.diary).toEqual(['begin', 'begin', 'flush', 'commit']);
  });

  test('opened in a transaction takes it over, with what its handler announces', async () => {
    em.inTransaction = true;
    work = open();
    await work.transaction(async () => {
      work.publish('door.opened', { door: 'front' });
      await work.commit();
      work.afterCommit(() => void em.diary.push('hint'));
    });
    expect(em.diary).toEqual(['flush', 'flush', '1 event', 'commit', 'hint']);
  });

  test('that fails announces nothing, also not later', async () => {
    const failing = work.transaction(async () => {
      work.publish('door.opened', { door: 'front' });
      work.afterCommit(() => void em.diary.push('hint'));
      throw new Error('jammed');
    });
    await expect(failing).rejects.toThrow('jammed');
    await work.commit();
    expect(em.diary).toEqual(['begin', 'rollback', 'flush']);
  });

  test('tells why it failed, not why it could not roll back', async () => {
    em.failing = 'rollback';
    await expect(work.transaction(() => Promise.reject(new Error('jammed')))).rejects.toThrow('jammed');
  });

  test('whose hint fails is committed all the same', async () => {
    work.publish('door.opened', { door: 'front' });
    work.afterCommit(() => Promise.reject(new Error('nobody listens')));
    await expect(work.commit()).resolves.toBeUndefined();
  });
});
