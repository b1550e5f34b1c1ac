import { LRUCache } from 'lru-cache';
import type { Admission, GuardedOperation } from '../guard/operation.guard.ts';

export interface AutomaticDocumentLimits {
  readonly persistedQueryEntries: number;
  readonly persistedQueryCharacters: number;
}

/**
 * Documents that clients have sent together with their hash, so that the hash will do the next time.
 *
 * Only what was let through to its plan is remembered: it is asked last of all admissions, so nothing that is not valid,
 * too costly or too often gets in, and whoever wants to push others' documents out has to have their own run.
 */
export class AutomaticDocuments implements Admission {
  readonly #documents: LRUCache<string, string>;

  constructor(limits: AutomaticDocumentLimits) {
    this.#documents = new LRUCache({
      max: limits.persistedQueryEntries,
      maxSize: limits.persistedQueryCharacters,
      sizeCalculation: (document) => document.length,
    });
  }

  get(hash: string): string | undefined {
    return this.#documents.get(hash);
  }

  admit({ documentKey, context }: GuardedOperation): void {
    // Its key is the hash over HTTP, and the document itself on a socket.
    for (const [hash, document] of context.offeredDocuments ?? []) {
      if (documentKey === hash || documentKey === document) this.#documents.set(hash, document);
    }
  }
}
