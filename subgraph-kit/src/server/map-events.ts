/**
 * Turns each event of a source into a result. A failure, of the source or of one event, becomes the last result.
 *
 * Not a generator: its `return` would wait for an event that may never come, and keep the source open until then.
 */
export function mapEvents<Event, Result>(
  source: AsyncIterable<Event>,
  map: (event: Event) => Promise<Result>,
  failed: (error: unknown) => Result,
): AsyncIterableIterator<Result> {
  const events = source[Symbol.asyncIterator]();
  let over = false;
  const end = async (): Promise<void> => {
    over = true;
    await events.return?.();
  };
  return {
    async next() {
      if (over) return { done: true, value: undefined };
      try {
        const event = await events.next();
        if (event.done) return { done: true, value: undefined };
        return { done: false, value: await map(event.value) };
      } catch (error) {
        // Nobody will ask for another event, so nobody else would let go of the source.
        await end().catch(() => {});
        return { done: false, value: failed(error) };
      }
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
