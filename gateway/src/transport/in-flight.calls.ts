/**
 * Lets calls that would be the same share one exchange while it is under way.
 *
 * Shares text, never parsed data: the executor merges answers into one another, so two requests must not hold the same
 * object.
 */
export class InFlightCalls<T extends Readonly<{ body: string }>> {
  readonly #calls = new Map<string, Promise<T>>();

  /** `key` must hold everything that can change the answer. */
  share(key: string, start: () => Promise<T>): Promise<T> {
    const underWay = this.#calls.get(key);
    if (underWay) return underWay;
    const call = start().finally(() => this.#calls.delete(key));
    this.#calls.set(key, call);
    return call;
  }
}
