import type { PlatformWork } from '../context.ts';
import { DeadLetterDecision } from './dead-letter-action.entity.ts';
import type { RetryDeadLettersInput } from './dead-letter.inputs.ts';
import type { DeadLetterChange } from './dead-letter.payloads.ts';
import { decideAboutDeadLetters } from './decide-about-dead-letters.ts';

/** Has what failed tried again, once whatever was in its way is mended. */
export function retryDeadLetters(work: PlatformWork, input: RetryDeadLettersInput): Promise<DeadLetterChange> {
  return decideAboutDeadLetters(work, DeadLetterDecision.RETRY, input, (deadLetterIds) =>
    work.publish('dead_letter.retried', { deadLetterIds }),
  );
}
