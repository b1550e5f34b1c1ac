import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes. */
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Turns passwords into what can be kept of them. Runs outside of the event loop, about 20 ms a time. */
export class PasswordHasher {
  readonly #nobodys: string;

  private constructor(nobodys: string) {
    this.#nobodys = nobodys;
  }

  static async create(): Promise<PasswordHasher> {
    return new PasswordHasher(await hash('nobody has this password', COST));
  }

  hash(password: string): Promise<string> {
    return hash(password, COST);
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
