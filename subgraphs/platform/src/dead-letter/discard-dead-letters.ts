import type { PlatformWork } from '../context.ts';
import { DeadLetterDecision } from './dead-letter-action.entity.ts';
import type { DiscardDeadLettersInput } from './dead-letter.inputs.ts';
import type { DeadLetterChange } from './dead-letter.payloads.ts';
import { decideAboutDeadLetters } from './decide-about-dead-letters.ts';

/** Gives up what is not worth another attempt. */
export function discardDeadLetters(work: PlatformWork, input: DiscardDeadLettersInput): Promise<DeadLetterChange> {
  const { reason } = input;
  return decideAboutDeadLetters(work, DeadLetterDecision.DISCARD, input, (deadLetterIds) =>
    work.publish('dead_letter.discarded', { deadLetterIds, reason }),
  );
}
