/**
 * Splits an amount in proportion to weights, to the last minor unit: the parts always add up to it.
 *
 * Each part is rounded down, and what is left over goes, one unit each, to those who lost most by that (the largest
 * remainders, after Hamilton); of equals, to the first.
 *
 * @param amount in minor units, not negative
 * @param weights not negative; where all are zero there is nothing to go by, and `amount` has to be zero as well
 */
export function allocate(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) {
    if (amount !== 0n) throw new RangeError('There is nobody to allocate this to.');
    return weights.map(() => 0n);
  }
  const parts = weights.map((weight) => (amount * weight) / whole);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  const byLoss = weights
    .map((weight, index) => ({ index, loss: (amount * weight) % whole }))
    .sort((one, other) => (one.loss === other.loss ? one.index - other.index : one.loss > other.loss ? -1 : 1));
  for (const { index } of byLoss) {
    if (left === 0n) break;
    parts[index]! += 1n;
    left -= 1n;
  }
  return parts;
}

/** A part of an amount, such as a tax: rounded to the nearest minor unit, a half away from zero. */
export function share(amount: bigint, part: bigint, whole: bigint): bigint {
  return (2n * amount * part + whole) / (2n * whole);
}
