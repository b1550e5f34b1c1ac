/**
 * Milliseconds since 1970 with fractions of a microsecond. `Date.now()` is too coarse for what takes 0.2 ms, and times
 * of several processes and of PostgreSQL have to be compared.
 */
export const wallClock = () => performance.timeOrigin + performance.now();
