import { SLOTS } from './sliding.window.ts';

/** How much of one thing somebody may have in any stretch of so many seconds. */
export class Limit {
  /** What is limited, in words for operators and clients: `requests`, `cost`, or a field's coordinate. */
  readonly name: string;
  readonly max: number;
  readonly seconds: number;
  readonly slotMs: number;
  readonly #prefix: string;

  /** @param by tells two limits of one name apart: what they count by */
  constructor(name: string, max: number, seconds: number, by = 'caller') {
    this.name = name;
    this.max = max;
    this.seconds = seconds;
    this.slotMs = (seconds * 1000) / SLOTS;
    // With the numbers in it, so that counts of before a change of them are never read by the new ones.
    this.#prefix = `${name}|${by}|${max}/${seconds}|`;
  }

  /** The key of one count. @param who never anything secret or personal: it is seen in Redis */
  keyOf(who: string): string {
    return this.#prefix + who;
  }
}

/** Units to be counted against a limit. */
export interface Take {
  readonly limit: Limit;
  readonly key: string;
  readonly units: number;
}

/** What there was not enough of. */
export interface Shortage {
  readonly limit: Limit;
  /** Until there is room for what was asked, if nobody takes it before. */
  readonly waitMs: number;
}
