import type { Session } from '@supergraph/subgraph-kit';

export const READ_DEAD_LETTERS = 'platform:dead_letters.read';
export const WRITE_DEAD_LETTERS = 'platform:dead_letters.write';
export const READ_DEAD_LETTER_PAYLOADS = 'platform:dead_letters.payload';

/** Operators see what failed where and why, whichever organization it was for. A machine is never an operator. */
export function mayReadDeadLetters(session: Session): boolean {
  return session.can(READ_DEAD_LETTERS) && !session.isMachine;
}

/** What events and jobs carry may be about anybody. */
export function mayReadPayloads(session: Session): boolean {
  return session.can(READ_DEAD_LETTER_PAYLOADS) && mayReadDeadLetters(session);
}

/** To retry, discard and restore. The answer shows what was changed, so it takes the right to see that as well. */
export function mayDecideAboutDeadLetters(session: Session): boolean {
  return session.can(WRITE_DEAD_LETTERS) && mayReadDeadLetters(session);
}
