import { discardDeadLetters } from './dead-letter/discard-dead-letters.ts';
import { restoreDeadLetters } from './dead-letter/restore-dead-letters.ts';
import { retryDeadLetters } from './dead-letter/retry-dead-letters.ts';
import { searchDeadLetters } from './dead-letter/search-dead-letters.ts';
import { summarizeDeadLetters } from './dead-letter/summarize-dead-letters.ts';

/** Everything platform does on request. */
export const useCases = {
  searchDeadLetters,
  summarizeDeadLetters,
  retryDeadLetters,
  discardDeadLetters,
  restoreDeadLetters,
};
