/** Which dead letters an operator decided about in one go, at most 1,000. */
interface DeadLetters {
  deadLetterIds: string[];
}

/** The events platform publishes: name → payload. */
export interface PlatformEvents {
  /** They are delivered, or run, once more. */
  'dead_letter.retried': DeadLetters;
  /** They were given up. */
  'dead_letter.discarded': DeadLetters & { reason: string };
  /** They wait again, after they had been discarded. */
  'dead_letter.restored': DeadLetters;
}

export const platformEventVersions = {
  'dead_letter.retried': 1,
  'dead_letter.discarded': 1,
  'dead_letter.restored': 1,
} as const;
