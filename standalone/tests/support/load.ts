import { Agent, request } from 'node:http';

export interface LoadedOperation {
  readonly query: string;
  /** Whether this is the whole right answer. */
  isRight(answer: { data?: any; errors?: readonly unknown[] }): boolean;
}

export interface LoadOptions {
  readonly port: number;
  readonly authorization: string;
  readonly operations: readonly LoadedOperation[];
  /** Requests at once. */
  readonly clients: number;
  /** Whether connections are kept, as by an ordinary agent; else each request has its own. */
  readonly keepAlive: boolean;
}

type Answer = { readonly status: number; readonly connection: string | undefined; readonly text: string };

/** A failure before anything was answered. */
class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure';
  readonly code: string | undefined;
  /** The connection had been kept, so the other side may have closed it before it saw anything of this request. */
  readonly reused: boolean;

  constructor(error: NodeJS.ErrnoException, reused: boolean) {
    super(error.message);
    this.code = error.code;
    this.reused = reused;
  }
}

/** Clients that ask one thing after the other until they are told to stop or nobody listens any more. */
export class Load {
  /** What went wrong: anything but a whole right answer or a refused connection. */
  readonly failures: string[] = [];
  answered = 0;
  /** Answers that said that they were the last on their connection. */
  lastOnConnection = 0;
  /**
   * Requests on connections that were reset before a byte of an answer. Of connections that are reset because nobody had
   * accepted them yet when the server stopped to listen, that is all a client learns; only the server knows whether it
   * has begun one that it did not answer.
   */
  resets = 0;
  readonly ended: Promise<unknown>;
  readonly #options: LoadOptions;
  readonly #agent: Agent;
  #stopped = false;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#agent = new Agent({ keepAlive: options.keepAlive });
    this.ended = Promise.all(Array.from({ length: options.clients }, (_, index) => this.#run(index)));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.ended;
    this.#agent.destroy();
  }

  async #run(index: number): Promise<void> {
    const { operations } = this.#options;
    for (let turn = index; !this.#stopped; turn += 1) {
      const operation = operations[turn % operations.length]!;
      try {
        this.#judge(operation, await this.#askPatiently(operation.query));
      } catch (error) {
        // Nobody listens any more: where the request goes now is for a load balancer to know.
        if ((error as ConnectionFailure).code === 'ECONNREFUSED') return;
        if ((error as ConnectionFailure).code === 'ECONNRESET' && error instanceof ConnectionFailure && !error.reused) {
          this.resets += 1;
          continue;
        }
        this.failures.push(`${operation.query}: ${String(error)}`);
      }
    }
  }

  #judge(operation: LoadedOperation, { status, connection, text }: Answer): void {
    this.answered += 1;
    if (connection === 'close') this.lastOnConnection += 1;
    if (status !== 200 || !operation.isRight(JSON.parse(text))) this.failures.push(`${operation.query}: ${text}`);
  }

  /** Once more on a stale connection, as every client with kept connections has to. */
  async #askPatiently(query: string): Promise<Answer> {
    try {
      return await this.#ask(query);
    } catch (error) {
      if (!(error instanceof ConnectionFailure) || !error.reused || error.code === 'ECONNREFUSED') throw error;
      return this.#ask(query);
    }
  }

  #ask(query: string): Promise<Answer> {
    const { port, authorization } = this.#options;
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization };
      const options = { host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers, agent: this.#agent };
      const call = request(options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            connection: response.headers.connection,
            text: Buffer.concat(chunks).toString(),
          }),
        );
        response.on('error', (error) => reject(new Error(`cut off in the middle: ${error.message}`)));
      });
      call.on('error', (error) => reject(new ConnectionFailure(error, call.reusedSocket)));
      call.end(JSON.stringify({ query }));
    });
  }
}
