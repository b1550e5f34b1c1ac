import { describe, expect, it } from '@jest/globals';
import type { EntityManager } from '@mikro-orm/postgresql';
import { createLogger, systemClock } from '@supergraph/protocol';
import { MemoryLive } from '../live/memory.live.ts';
import { Session } from '../session/session.ts';
import type { Scope, Work } from '../work/work.ts';
import { createGraphContext } from './graph-context.ts';

const scope: Scope<object> = {
  session: Session.anonymous,
  correlationId: 'request-42',
  clock: systemClock,
  log: createLogger('context', 'silent'),
  live: new MemoryLive(),
  services: {},
};

const useCases = {
  rename: async (_work: Work<object, object>, name: string) => `renamed to ${name}`,
  // As one does that committed a transaction of its own first.
  renameHalfway: async () => {
    throw new Error('halfway');
  },
};

function open() {
  let opened = 0;
  let committed = 0;
  const context = createGraphContext(scope, {
    loaders: () => ({ number: (opened += 1) }),
    useCases,
    openEntityManager: () => ({ setFilterParams: () => {} }) as unknown as EntityManager,
    openWork: () => ({ commit: async () => void (committed += 1) }) as unknown as Work<object, object>,
  });
  return { context, committed: () => committed };
}

describe('a context', () => {
  it('keeps its loaders until something is written', async () => {
    const { context, committed } = open();
    expect([context.loaders.number, context.loaders.number]).toEqual([1, 1]);
    expect(await context.useCases.rename('Emma')).toBe('renamed to Emma');
    expect(committed()).toBe(1);
    expect(context.loaders.number).toBe(2);
  });

  it('drops them also after a use-case that failed: it may have written before', async () => {
    const { context, committed } = open();
    expect(context.loaders.number).toBe(1);
    await expect(context.useCases.renameHalfway()).rejects.toThrow('halfway');
    expect(committed()).toBe(0);
    expect(context.loaders.number).toBe(2);
  });
});
