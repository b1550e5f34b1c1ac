import type { PlatformWork } from '../context.ts';
import { DeadLetterDecision } from './dead-letter-action.entity.ts';
import type { RestoreDeadLettersInput } from './dead-letter.inputs.ts';
import type { DeadLetterChange } from './dead-letter.payloads.ts';
import { decideAboutDeadLetters } from './decide-about-dead-letters.ts';

/** Takes back that something was discarded. */
export function restoreDeadLetters(work: PlatformWork, input: RestoreDeadLettersInput): Promise<DeadLetterChange> {
  return decideAboutDeadLetters(work, DeadLetterDecision.RESTORE, input, (deadLetterIds) =>
    work.publish('dead_letter.restored', { deadLetterIds }),
  );
}
