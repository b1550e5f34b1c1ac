import { z } from 'zod';

/** What is done with documents that are not in the manifest of trusted ones. */
export const TRUSTED_DOCUMENT_MODES = ['off', 'prefer', 'only'] as const;

export const documentSettings = {
  /**
   * `prefer` runs trusted documents by their ids, and others too, which it logs; `only` runs no others, whoever asks.
   * `off` reads no manifest.
   */
  trustedDocuments: z.enum(TRUSTED_DOCUMENT_MODES).default('off'),
  /** The manifest of trusted documents: Apollo's, or an object of documents by id. Read at the start, and watched. */
  trustedDocumentsFile: z.string().optional(),
  /** Lets clients send the hash of a document that somebody has sent in full before: Apollo's automatic persisted queries. */
  persistedQueries: z.boolean().default(true),
  /** How many of those are remembered; then the one unused for longest is forgotten. */
  persistedQueryEntries: z.int().positive().default(1_000),
  /** How long they may be, all together, in characters. */
  persistedQueryCharacters: z.int().positive().default(4_000_000),
};
