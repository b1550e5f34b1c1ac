import { z } from 'zod';
import type { GatewaySettingsInput } from '../settings.ts';
import { flag, number } from '../variable-types.ts';

/** The variables of persisted documents. */
export const documentEnvironment = z.object({
  TRUSTED_DOCUMENTS: z.string().optional(),
  TRUSTED_DOCUMENTS_FILE: z.string().optional(),
  PERSISTED_QUERIES: flag.optional(),
  PERSISTED_QUERY_ENTRIES: number.optional(),
  PERSISTED_QUERY_CHARACTERS: number.optional(),
});

export function documentsFrom(given: z.infer<typeof documentEnvironment>): GatewaySettingsInput {
  return {
    // Checked together with the rest when the gateway starts.
    trustedDocuments: given.TRUSTED_DOCUMENTS as GatewaySettingsInput['trustedDocuments'],
    trustedDocumentsFile: given.TRUSTED_DOCUMENTS_FILE,
    persistedQueries: given.PERSISTED_QUERIES,
    persistedQueryEntries: given.PERSISTED_QUERY_ENTRIES,
    persistedQueryCharacters: given.PERSISTED_QUERY_CHARACTERS,
  };
}
