import type { Logger } from '@supergraph/protocol';
import { WatchedFile } from '../files/watched.file.ts';
import { type DocumentManifest, parseManifest } from './document.manifest.ts';
import { sha256 } from './sha256.ts';

/** The documents that somebody has vouched for by putting them into the manifest. */
export class TrustedDocuments {
  #byId: DocumentManifest = new Map();
  #byHash: DocumentManifest = new Map();
  #file: WatchedFile | undefined;

  /**
   * Reads the manifest and watches it from then on. Rejects when it cannot be used; a later one that cannot is only
   * logged, and the documents stay as they were.
   */
  static async open(path: string, intervalMs: number, logger: Logger): Promise<TrustedDocuments> {
    const documents = new TrustedDocuments();
    const file = new WatchedFile(path, intervalMs);
    try {
      documents.replace(parseManifest(await file.read()));
    } catch (error) {
      throw new Error(`The manifest of trusted documents cannot be used: ${(error as Error).message}`, {
        cause: error,
      });
    }
    const failed = (error: Error): void =>
      logger.error({ err: error }, 'The new manifest of trusted documents is broken; they stay as they were');
    file.watch((text) => {
      // Here, because a throw would be taken for a file that could not be read.
      try {
        documents.replace(parseManifest(text));
        logger.info({ documents: documents.size }, 'The manifest of trusted documents was reloaded');
      } catch (error) {
        failed(error as Error);
      }
    }, failed);
    documents.#file = file;
    return documents;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** The document that the manifest lists under this id. */
  withId(id: string): string | undefined {
    return this.#byId.get(id);
  }

  /** The document of this SHA-256, whatever id the manifest has for it. */
  withHash(hash: string): string | undefined {
    return this.#byHash.get(hash);
  }

  replace(manifest: DocumentManifest): void {
    this.#byId = manifest;
    this.#byHash = new Map([...manifest.values()].map((document) => [sha256(document), document]));
  }

  /** Stops watching. */
  close(): void {
    this.#file?.unwatch();
  }
}
