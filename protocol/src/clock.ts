/** The time, injected so that tests can hold it, set it and let it run. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
