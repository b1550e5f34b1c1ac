import { unauthenticated } from '../errors/domain.error.ts';
import type { Session } from '../session/session.ts';
import type { Live } from './live.ts';

const channelOf = (authSessionId: string): string => `session-end:${authSessionId}`;

/**
 * Ends the subscriptions of a sign-in session that is over, here and in the other replicas. Without it they would go on
 * until the token ends that they were begun with.
 */
export function announceSessionEnd(live: Live, authSessionId: string): Promise<void> {
  return live.publish(channelOf(authSessionId), {});
}

/** The same events, until the sign-in session behind them is over: then it fails with `UNAUTHENTICATED`. */
export function untilSessionEnds<Event>(
  { session, live }: { readonly session: Session; readonly live: Live },
  source: AsyncIterable<Event>,
): AsyncIterable<Event> {
  const { authSessionId } = session;
  if (!authSessionId) return source;
  return { [Symbol.asyncIterator]: () => endingWith(source, live.subscribe(channelOf(authSessionId))) };
}

function endingWith<Event>(source: AsyncIterable<Event>, ends: AsyncIterableIterator<object>): AsyncIterator<Event> {
  const events = source[Symbol.asyncIterator]();
  let over = false;
  // Not a race of two promises: each event would leave a reaction behind at the one that waits for the end.
  let fail = (_: Error): void => {};
  const watch = async (): Promise<void> => {
    const { done } = await ends.next();
    if (done) return;
    over = true;
    fail(sessionOver());
  };
  void watch();
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (over) return reject(sessionOver());
        fail = reject;
        events.next().then(resolve, reject);
      }),
    return: async () => {
      await Promise.all([events.return?.(), ends.return?.()]);
      return { done: true, value: undefined };
    },
  };
}

const sessionOver = () => unauthenticated('The session has ended. Sign in again.');
