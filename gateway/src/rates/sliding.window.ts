/** More of them make room come back closer to the exact moment, and each count larger. */
export const SLOTS = 10;

/** One more, because the oldest slot is partly in the window for as long as the newest is partly in the future. */
const RING = SLOTS + 1;

/**
 * One count over a window that slides, in slots of a tenth of it.
 *
 * A slot counts as a whole until all of it has left the window: so there are never more than the limit in any stretch of
 * its length, not even at the turn of a minute, and room comes back at most a tenth later than it could. Counting by the
 * whole window would let twice the limit through at its edge; keeping each moment would grow with the limit.
 */
export class SlidingWindow {
  readonly #slots: number[] = Array.from({ length: RING }, () => 0);
  #newest: number;
  #total = 0;
  #closedUntil = 0;

  constructor(slot: number) {
    this.#newest = slot;
  }

  get total(): number {
    return this.#total;
  }

  /** Milliseconds until there is room for so many more; 0 when there is. */
  wait(now: number, units: number, max: number, slotMs: number): number {
    this.#moveTo(Math.floor(now / slotMs));
    let freeAt = this.#closedUntil;
    let excess = this.#total + units - max;
    if (excess > 0) {
      if (units > max) return RING * slotMs;
      for (let slot = this.#newest - SLOTS; excess > 0; slot += 1) {
        excess -= this.#slots[indexOf(slot)]!;
        if (excess <= 0) freeAt = Math.max(freeAt, (slot + RING) * slotMs);
      }
    }
    return Math.max(0, freeAt - now);
  }

  add(now: number, units: number, slotMs: number): void {
    this.#moveTo(Math.floor(now / slotMs));
    this.#slots[indexOf(this.#newest)]! += units;
    this.#total += units;
  }

  /** Takes back what was added at that time, as far as it is counted still. */
  giveBack(addedAt: number, units: number, slotMs: number): void {
    const slot = Math.floor(addedAt / slotMs);
    if (slot < this.#newest - SLOTS || slot > this.#newest) return;
    this.#slots[indexOf(slot)]! -= units;
    this.#total -= units;
  }

  /** Whoever counts for all has no room left until then. */
  closeUntil(time: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, time);
  }

  /** A clock that is set back counts on in the newest slot. */
  #moveTo(slot: number): void {
    if (slot <= this.#newest) return;
    const passed = Math.min(slot - this.#newest, RING);
    for (let step = 1; step <= passed; step += 1) {
      const index = indexOf(this.#newest + step);
      this.#total -= this.#slots[index]!;
      this.#slots[index] = 0;
    }
    this.#newest = slot;
  }
}

function indexOf(slot: number): number {
  return (slot + RING) % RING;
}
