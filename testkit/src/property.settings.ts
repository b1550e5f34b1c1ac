export interface PropertySettings {
  readonly numRuns: number;
  /** Printed with whatever is found, so that it can be found again. */
  readonly seed: number;
}

/**
 * How often a property is tried, and from which seed on. A whole suite has to be quick and to say the same twice; whoever
 * looks for what nobody has found yet sets `PROPERTY_RUNS`, and has a new seed unless `PROPERTY_SEED` says which.
 */
export function propertySettings(slice: PropertySettings): PropertySettings {
  const { PROPERTY_RUNS: runs, PROPERTY_SEED: seed } = process.env;
  if (!runs && !seed) return slice;
  return { numRuns: Number(runs ?? slice.numRuns), seed: Number(seed ?? Math.floor(Math.random() * 2 ** 31)) };
}
