import { createHash } from 'node:crypto';
import type { RequestContext } from '../request-context.ts';
import { callerOf, networkOf } from './caller.ts';

/** A part of what a limit counts by: who asks, from where, or the value of an argument, by its path. */
export type CountedBy = 'caller' | 'address' | readonly string[];

/** Reads `caller`, `address`, `input.email`, or several of them: `address+input.email` is one count for each pair. */
export function parseCountedBy(by: string): readonly CountedBy[] {
  return by.split('+').map((part) => (part === 'caller' || part === 'address' ? part : part.split('.')));
}

/** For whom this is counted, without anything personal. `valueOf` gives the value of an argument. */
export function countedFor(
  by: readonly CountedBy[],
  context: RequestContext,
  valueOf: (path: readonly string[]) => unknown,
): string {
  return by.map((part) => partOf(part, context, valueOf)).join(' ');
}

function partOf(part: CountedBy, context: RequestContext, valueOf: (path: readonly string[]) => unknown): string {
  if (part === 'caller') return callerOf(context).id;
  if (part === 'address') return `address:${networkOf(context.clientAddress)}`;
  const value = valueOf(part);
  // One count for all who leave it out would let any of them shut out the others.
  if (value === undefined || value === null) return `without:${networkOf(context.clientAddress)}`;
  return `value:${digest(value)}`;
}

/** What people write in different ways and mean the same counts as the same. */
function digest(value: unknown): string {
  const text = typeof value === 'string' ? value.normalize('NFKC').trim().toLowerCase() : JSON.stringify(value);
  return createHash('sha256').update(text).digest('base64url');
}
