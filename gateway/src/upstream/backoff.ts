export interface BackoffRules {
  /** The longest first wait, in milliseconds; it doubles with every failure in a row. */
  readonly firstMs: number;
  /** No wait is longer than this, in milliseconds. */
  readonly longestMs: number;
}

/**
 * How long to wait after the given number of failures in a row, in milliseconds.
 *
 * Half of it is chance: when a subgraph restarts, the replicas of the gateway must not come back in step. The other half
 * is not, so that a refused connection is never retried in a tight loop.
 */
export function backoffDelay(failures: number, rules: BackoffRules, random: () => number = Math.random): number {
  const ceiling = Math.min(rules.longestMs, rules.firstMs * 2 ** Math.min(failures - 1, 30));
  return ceiling / 2 + (random() * ceiling) / 2;
}
