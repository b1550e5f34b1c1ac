import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@supergraph/protocol';
import { LRUCache } from 'lru-cache';
import { unauthenticated } from '../errors/domain.error.ts';
import type { Session } from '../session/session.ts';
import { authoritiesOf, type Authority, AUTHORITY_END_CHANNEL, type AuthorityEnd } from './authority.ts';
import type { Live } from './live.ts';

/** Longer than any access token lives: nobody needs to remember what no token tells of any more. */
const MEMORY_MS = 60 * 60_000;
const MAX_REMEMBERED = 10_000;
const PAUSE_AFTER_FAULT_MS = 1_000;

/** @param endedAt in milliseconds since 1970 */
type EndListener = (endedAt: number) => void;

/**
 * Knows what has ended of late, and ends the subscriptions that rest on it.
 *
 * What was announced while Redis was away, or before this process began, is not known here; then the token's own end is.
 */
export class AuthorityWatch {
  readonly #live: Live;
  readonly #log: Logger;
  readonly #listeners = new Map<Authority, Set<EndListener>>();
  readonly #ended = new LRUCache<Authority, number>({ max: MAX_REMEMBERED, ttl: MEMORY_MS });
  readonly #stop = new AbortController();

  constructor(live: Live, log: Logger) {
    this.#live = live;
    this.#log = log;
    void this.#listen();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** The same events, for as long as everything the session rests on lasts: then it fails with `UNAUTHENTICATED`. */
  until<Event>(session: Session, source: AsyncIterable<Event>): AsyncIterable<Event> {
    if (authoritiesOf(session).length === 0) return source;
    return { [Symbol.asyncIterator]: () => this.#endable(source[Symbol.asyncIterator](), session) };
  }

  #endable<Event>(events: AsyncIterator<Event>, session: Session): AsyncIterator<Event> {
    // Whoever comes again with the token of a session that is over would otherwise hear on until the token ends.
    let over = this.#hasEnded(session);
    // Not a race of two promises: each event would leave a reaction behind at the one that waits for the end.
    let fail = (_: Error): void => {};
    const ignore = this.#onEnd(session, (endedAt) => {
      // It may be heard of late: by somebody who has been let in again since.
      if (endedAt < issuedAt(session)) return;
      over = true;
      fail(authorityOver());
    });
    return {
      next: () =>
        new Promise((resolve, reject) => {
          if (over) return reject(authorityOver());
          fail = reject;
          events.next().then(resolve, reject);
        }),
      return: async () => {
        ignore();
        await events.return?.();
        return { done: true, value: undefined };
      },
    };
  }

  #hasEnded(session: Session): boolean {
    return authoritiesOf(session).some((authority) => (this.#ended.get(authority) ?? -Infinity) >= issuedAt(session));
  }

  #onEnd(session: Session, listener: EndListener): () => void {
    const authorities = authoritiesOf(session);
    for (const authority of authorities) {
      const listeners = this.#listeners.get(authority) ?? new Set();
      this.#listeners.set(authority, listeners.add(listener));
    }
    return () => {
      for (const authority of authorities) {
        const listeners = this.#listeners.get(authority);
        listeners?.delete(listener);
        if (listeners?.size === 0) this.#listeners.delete(authority);
      }
    };
  }

  async #listen(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        const ends = this.#live.subscribe<AuthorityEnd>(AUTHORITY_END_CHANNEL, this.#stop.signal);
        for await (const { authority, endedAt } of ends) {
          this.#ended.set(authority, endedAt);
          for (const listener of this.#listeners.get(authority) ?? []) listener(endedAt);
        }
        return;
      } catch (error) {
        this.#log.error({ err: error }, 'cannot hear what has ended; subscriptions may outlive their sessions');
        await pause(PAUSE_AFTER_FAULT_MS);
      }
    }
  }
}

const authorityOver = () => unauthenticated('The session has ended. Sign in again.');

const issuedAt = (session: Session): number => (session.claims?.iat ?? 0) * 1_000;
