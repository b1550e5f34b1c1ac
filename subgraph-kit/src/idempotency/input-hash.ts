import { createHash } from 'node:crypto';

/** A digest that is equal for inputs that mean the same: clients need not send their fields in the same order. */
export function inputHash(input: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(ordered(JSON.parse(JSON.stringify(input ?? null)))))
    .digest();
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, part]) => [name, ordered(part)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
