import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

type Store = NonNullable<ApolloServerOptionsWithGateway<object>['documentStore']>;

/** In characters of text, of all documents together: each of them keeps up to a hundred bytes of tokens and nodes. */
const MAX_CHARACTERS = 1_000_000;
/** What the shortest document takes, in the same measure. */
const AT_LEAST = 200;

/**
 * The documents that were found valid. Apollo Server's own store measures them by the JSON they would make, in which the
 * text, its tokens and its comments do not appear, so a few thousand documents of comments would fill the memory.
 */
export class ValidDocuments implements Store {
  readonly #documents = new LRUCache<string, DocumentNode>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ loc }) => AT_LEAST + (loc?.source.body.length ?? 0),
  });

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.#documents.get(key);
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    this.#documents.set(key, document);
  }

  async delete(key: string): Promise<boolean> {
    return this.#documents.delete(key);
  }
}
