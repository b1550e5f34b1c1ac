import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const MOST_BYTES = 64 * 1024 * 1024;

/** Reads files as git has them. Every answer is undefined where git has none, or where this is no repository. */
export class GitHistory {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** A file as it was at a revision. */
  fileAt(revision: string, path: string): Promise<string | undefined> {
    return this.#git('show', `${revision}:${path}`);
  }

  /** A file as the next commit would have it: staged or, if nothing is, committed. */
  stagedFile(path: string): Promise<string | undefined> {
    return this.#git('show', `:${path}`);
  }

  async isRepository(): Promise<boolean> {
    return (await this.#git('rev-parse', '--git-dir')) !== undefined;
  }

  async exists(revision: string): Promise<boolean> {
    return (await this.#git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`)) !== undefined;
  }

  /** Where this branch left the main one; the last commit where there is no remote. */
  async base(): Promise<string> {
    return (await this.#git('merge-base', 'HEAD', 'origin/main'))?.trim() ?? 'HEAD';
  }

  async #git(...args: string[]): Promise<string | undefined> {
    try {
      const { stdout } = await promisify(execFile)('git', args, { cwd: this.#root, maxBuffer: MOST_BYTES });
      return stdout;
    } catch (error) {
      // A number is git's own exit code: it ran and said no. Anything else, such as a missing git, is a fault.
      if (typeof (error as { code?: unknown }).code === 'number') return undefined;
      throw error;
    }
  }
}
