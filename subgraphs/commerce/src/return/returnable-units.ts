const DAY_MS = 24 * 60 * 60 * 1_000;

/** Units of something that were delivered, and for how many days from then they can be sent back. */
export interface Delivery {
  readonly at: Date;
  readonly days: number;
  readonly quantity: number;
}

/** Units that somebody asked to send back, unless that came to nothing. */
export interface Asked {
  readonly at: Date;
  readonly quantity: number;
}

/**
 * How many units a return can be asked for now. Nobody says which of equal units they send back, so each return took those
 * that were to be had for the shortest time then: what was in time once does not make room for what is too late.
 */
export function returnableUnits(deliveries: readonly Delivery[], asked: readonly Asked[], now: Date): number {
  const left = deliveries
    .map(({ at, days, quantity }) => ({ from: at.getTime(), until: at.getTime() + days * DAY_MS, quantity }))
    .sort((one, other) => one.until - other.until);
  const inTime = (moment: number) => left.filter(({ from, until }) => from <= moment && moment < until);
  for (const { at, quantity } of [...asked].sort((one, other) => one.at.getTime() - other.at.getTime())) {
    let open = quantity;
    for (const parcel of inTime(at.getTime())) {
      const taken = Math.min(open, parcel.quantity);
      parcel.quantity -= taken;
      open -= taken;
    }
  }
  return inTime(now.getTime()).reduce((sum, { quantity }) => sum + quantity, 0);
}
