/** How often a delivery is attempted, and how long it rests in between. */
export interface RetryPolicy {
  /** Failures and deaths together; after the last one the delivery is dead. */
  readonly maxAttempts: number;
  /** Rest after the first failure, in seconds; doubles with each further one. */
  readonly firstDelay: number;
  /** The longest rest, in seconds. */
  readonly maxDelay: number;
}

/** About two minutes from the first attempt to the last. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { maxAttempts: 8, firstDelay: 1, maxDelay: 300 };

/**
 * Seconds until the next attempt, or `undefined` when that was the last one. Jitter of up to a half keeps what failed
 * together from coming back together.
 *
 * @param failures attempts that failed so far, at least 1
 */
export function retryDelay(
  policy: RetryPolicy,
  failures: number,
  random: () => number = Math.random,
): number | undefined {
  if (failures >= policy.maxAttempts) return undefined;
  const delay = Math.min(policy.maxDelay, policy.firstDelay * 2 ** (failures - 1));
  return delay * (1 - random() / 2);
}
