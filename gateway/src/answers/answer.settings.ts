import { z } from 'zod';

export const answerSettings = {
  /** Answers queries of nothing but public fields from memory, for as long as their `@cacheControl` allows. */
  answerCache: z.boolean().default(true),
  /** How many answers are kept; then the one unused for longest goes. */
  answerCacheEntries: z.int().positive().default(10_000),
  /** How long they may be, all together, in characters. One alone may have a tenth of it. */
  answerCacheCharacters: z.int().positive().default(32_000_000),
};
