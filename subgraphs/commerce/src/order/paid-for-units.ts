/** What was paid for all of something that was bought. */
interface Paid {
  readonly quantity: number;
  /** In minor units. */
  readonly total: number;
  readonly cancelled: number;
  readonly returned: number;
}

/**
 * What was paid for so many more units of an item than have been given back by now. Each unit is worth what the total of the
 * first so many is more than that of one fewer, so that all units together are worth the total, to the minor unit, however
 * they come back.
 */
export function paidFor({ quantity, total, cancelled, returned }: Paid, count: number): number {
  const until = (units: number) => Number((BigInt(total) * BigInt(units)) / BigInt(quantity));
  const before = cancelled + returned;
  return until(before + count) - until(before);
}
