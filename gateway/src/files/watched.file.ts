import { readFile, stat } from 'node:fs/promises';

/**
 * A file that is read at the start and again whenever it changes.
 *
 * Watched by looking, not by listening: change notices get lost on network and container mounts and when a file is
 * replaced by renaming, which is how deployments write it.
 */
export class WatchedFile {
  readonly #path: string;
  readonly #intervalMs: number;
  /** What was read last, and what the file looked like when it was. */
  #text = '';
  #readStamp = '';
  #seenStamp = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, intervalMs: number) {
    this.#path = path;
    this.#intervalMs = intervalMs;
  }

  async read(): Promise<string> {
    // Before reading: a change in between is then noticed by the next look.
    const stamp = await this.#stamp();
    this.#text = await readFile(this.#path, 'utf8');
    this.#readStamp = stamp;
    return this.#text;
  }

  /** Calls `changed` with each new text, and `failed` when the file is there and cannot be read. */
  watch(changed: (text: string) => void, failed: (error: Error) => void): void {
    const look = async (): Promise<void> => {
      try {
        const text = await this.#look();
        if (text !== undefined) changed(text);
      } catch (error) {
        failed(error as Error);
      }
      if (this.#timer) this.#schedule(look);
    };
    this.#schedule(look);
  }

  unwatch(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(look: () => Promise<void>): void {
    this.#timer = setTimeout(() => void look(), this.#intervalMs).unref();
  }

  async #look(): Promise<string | undefined> {
    const stamp = await this.#stamp();
    const isSettled = stamp === this.#seenStamp;
    this.#seenStamp = stamp;
    // An empty stamp is a file that is away for a moment, between the removal and the writing of a careless deployment.
    if (stamp === '' || stamp === this.#readStamp || !isSettled) return undefined;
    const before = this.#text;
    const text = await this.read();
    return text === before ? undefined : text;
  }

  async #stamp(): Promise<string> {
    try {
      const { mtimeMs, size, ino } = await stat(this.#path);
      return `${mtimeMs} ${size} ${ino}`;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }
  }
}
