import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';

/** How many connections a pool keeps for what has to happen beside a transaction, on top of those for everything else. */
export const RESERVED_CONNECTIONS = 2;

const beside = new AsyncLocalStorage<true>();

/**
 * Runs something that may have been called in the middle of a transaction, and needs a connection of its own to be true
 * whatever becomes of that one: an attempt that counts, a key that is read again.
 *
 * It gets one of the reserve. Without that, as many transactions as there are connections would each hold one and wait
 * for another, and nobody would get anything until they gave up. It must not need a connection beside itself.
 */
export function besideTransactions<Result>(run: () => Result): Result {
  return beside.run(true, run);
}

/** Lets everything but {@link besideTransactions} have no more than the pool's connections without the reserve. */
export function keepReserve(pool: Pool, timeoutMs: number): void {
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
  const places = new Places(pool.options.max - RESERVED_CONNECTIONS, timeoutMs);
  const connectInTurn = async (): Promise<PoolClient> => {
    if (beside.getStore()) return connect();
    await places.take();
    try {
      return releasing(await connect(), () => places.giveBack());
    } catch (error) {
      places.giveBack();
      throw error;
    }
  };
  pool.connect = connectInTurn as typeof pool.connect;
}

/** The pool makes a new `release` each time it hands a connection out, so what is put around it is gone with it. */
function releasing(client: PoolClient, released: () => void): PoolClient {
  const release = client.release.bind(client);
  client.release = (error) => {
    release(error);
    released();
  };
  return client;
}

/** So many may be in; the others wait their turn. */
class Places {
  readonly #timeoutMs: number;
  readonly #waiting = new Set<() => void>();
  #free: number;

  constructor(count: number, timeoutMs: number) {
    this.#free = count;
    this.#timeoutMs = timeoutMs;
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#turn();
  }

  giveBack(): void {
    const [next] = this.#waiting;
    if (next) next();
    else this.#free += 1;
  }

  #turn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(enter);
        reject(new Error('No database connection became free in time.'));
      }, this.#timeoutMs);
      const enter = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(enter);
        resolve();
      };
      this.#waiting.add(enter);
    });
  }
}
