import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AccessTokenClaims, createLogger } from '@supergraph/protocol';
import { Session } from '../session/session.ts';
import { announceEnd, Authority } from './authority.ts';
import { AuthorityWatch } from './authority.watch.ts';
import { MemoryLive } from './memory.live.ts';

const ISSUED_AT = 1_800_000_000;
const LATER = new Date((ISSUED_AT + 60) * 1_000);
const ada = Session.fromClaims({ sub: 'ada', scope: '', iat: ISSUED_AT } as AccessTokenClaims);

let live: MemoryLive;
let watch: AuthorityWatch;

const log = createLogger('live', 'silent');

beforeEach(() => {
  live = new MemoryLive();
  watch = new AuthorityWatch(live, log);
});

afterEach(async () => {
  watch.stop();
  await live.close();
});

/** Announces that everything of Ada's is over, and lets the watch hear it. */
async function adaEnds(at = LATER): Promise<void> {
  await announceEnd(live, Authority.account('ada'), at);
  await turn();
}

/** Events that are all there already, and whether anybody still wants them. */
function plenty() {
  const source = {
    isLeft: false,
    async next(): Promise<IteratorResult<string, undefined>> {
      return source.isLeft ? { done: true, value: undefined } : { done: false, value: 'news' };
    },
    async return(): Promise<IteratorResult<string, undefined>> {
      source.isLeft = true;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => source,
  };
  return source;
}

const over = { extensions: { code: 'UNAUTHENTICATED' } };

describe('Events for a session', () => {
  it('end while nobody is asking for one, too', async () => {
    const events = watch.until(ada, plenty())[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ done: false, value: 'news' });
    await adaEnds();
    await expect(events.next()).rejects.toMatchObject(over);
    await expect(events.next()).rejects.toMatchObject(over);
  });

  it('go on for a token that was issued after the end that is only heard of now', async () => {
    const events = watch.until(ada, plenty())[Symbol.asyncIterator]();
    expect(await events.next()).toEqual({ done: false, value: 'news' });
    await adaEnds(new Date((ISSUED_AT - 1) * 1_000));
    expect(await events.next()).toEqual({ done: false, value: 'news' });
  });

  it('end for whoever is waiting for one that does not come', async () => {
    const silence = { next: () => new Promise<never>(() => {}) };
    const events = watch.until(ada, { [Symbol.asyncIterator]: () => silence });
    const told = events[Symbol.asyncIterator]()
      .next()
      .catch((error: unknown) => error);
    await adaEnds();
    expect(await told).toMatchObject(over);
  });

  it('end for all who listen with it, and for nobody else', async () => {
    const grace = Session.fromClaims({ sub: 'grace', scope: '', iat: ISSUED_AT } as AccessTokenClaims);
    const [one, two, other] = [ada, ada, grace].map((each) => watch.until(each, plenty())[Symbol.asyncIterator]());
    await adaEnds();
    await expect(one!.next()).rejects.toMatchObject(over);
    await expect(two!.next()).rejects.toMatchObject(over);
    expect(await other!.next()).toEqual({ done: false, value: 'news' });
  });

  it('go on for the others when one of them leaves, who takes the source along', async () => {
    const source = plenty();
    const [leaves, stays] = [watch.until(ada, source), watch.until(ada, plenty())].map((each) =>
      each[Symbol.asyncIterator](),
    );
    await leaves!.return!();
    expect(source.isLeft).toBe(true);
    await adaEnds();
    await expect(stays!.next()).rejects.toMatchObject(over);
    // Nobody keeps in mind who has left, so the end is not told to them any more.
    expect(await leaves!.next()).toEqual({ done: true, value: undefined });
  });

  it('are nobody’s business who has no session: they are handed through', () => {
    const source = plenty();
    for (const session of [Session.anonymous, Session.system()]) expect(watch.until(session, source)).toBe(source);
  });

  it('do not begin with a token of before the end, and do with one of after it', async () => {
    await adaEnds();
    const before = watch.until(ada, plenty())[Symbol.asyncIterator]();
    await expect(before.next()).rejects.toMatchObject(over);
    const anew = Session.fromClaims({ sub: 'ada', scope: '', iat: ISSUED_AT + 61 } as AccessTokenClaims);
    const after = watch.until(anew, plenty())[Symbol.asyncIterator]();
    expect(await after.next()).toEqual({ done: false, value: 'news' });
  });
});

describe('The watch', () => {
  it('listens again when hearing of ends has failed, and says so', async () => {
    watch.stop();
    const told = jest.spyOn(log, 'error').mockImplementation(() => {});
    const subscribe = jest.spyOn(live, 'subscribe').mockImplementationOnce(() => {
      throw new Error('fell behind');
    });
    watch = new AuthorityWatch(live, log);
    const events = watch.until(ada, plenty())[Symbol.asyncIterator]();
    while (subscribe.mock.calls.length < 2) await pause(20);
    expect(told).toHaveBeenCalledTimes(1);
    await adaEnds();
    await expect(events.next()).rejects.toMatchObject(over);
  });
});
