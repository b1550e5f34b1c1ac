import { type Algorithm, hash, type Options, verify } from '@node-rs/argon2';

/** Turns passwords into what can be kept of them. Runs outside of the event loop, about 20 ms a time with 19 MiB. */
export class PasswordHasher {
  readonly #cost: Options;
  readonly #nobodys: string;

  private constructor(cost: Options, nobodys: string) {
    this.#cost = cost;
    this.#nobodys = nobodys;
  }

  /** @param memoryKib what one hash takes of memory, in KiB: the more, the fewer can be tried at once */
  static async create(memoryKib: number): Promise<PasswordHasher> {
    const cost = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: memoryKib, timeCost: 2, parallelism: 1 };
    return new PasswordHasher(cost, await hash('nobody has this password', cost));
  }

  hash(password: string): Promise<string> {
    return hash(password, this.#cost);
  }

  /**
   * Whether it is the password behind a hash. Without a hash it takes just as long to say no, so that the time of an
   * answer does not tell whether there is such an account.
   */
  async verify(password: string, expected: string | undefined): Promise<boolean> {
    const matches = await verify(expected ?? this.#nobodys, password);
    return matches && expected !== undefined;
  }
}
