import { z } from 'zod';
import type { GatewaySettingsInput } from '../settings.ts';
import { flag, number } from '../variable-types.ts';

/** The variables of the cache of public answers. */
export const answerEnvironment = z.object({
  ANSWER_CACHE: flag.optional(),
  ANSWER_CACHE_ENTRIES: number.optional(),
  ANSWER_CACHE_CHARACTERS: number.optional(),
});

export function answersFrom(given: z.infer<typeof answerEnvironment>): GatewaySettingsInput {
  return {
    answerCache: given.ANSWER_CACHE,
    answerCacheEntries: given.ANSWER_CACHE_ENTRIES,
    answerCacheCharacters: given.ANSWER_CACHE_CHARACTERS,
  };
}
