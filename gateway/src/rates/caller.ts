import type { RequestContext } from '../request-context.ts';

export type CallerKind = 'person' | 'key' | 'address';

/** For whom there is one count, whatever they come from and over however many connections. */
export interface Caller {
  readonly kind: CallerKind;
  /** Unique among all kinds. Holds nothing secret. */
  readonly id: string;
}

/**
 * Who is limited: the API key, the person, or for whoever is neither the address.
 *
 * When support works in somebody's name, it is support who acts, and not that person's allowance that is used up.
 */
export function callerOf({ claims, clientAddress }: Pick<RequestContext, 'claims' | 'clientAddress'>): Caller {
  if (!claims) return { kind: 'address', id: `address:${networkOf(clientAddress)}` };
  if (claims.key) return { kind: 'key', id: `key:${claims.key}` };
  return { kind: 'person', id: `person:${claims.act?.sub ?? claims.sub}` };
}

/** The address, of IPv6 the /64 it is in: whoever has one such address has them all, and could change it each time. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::', 2);
  const start = groupsOf(head);
  if (tail === undefined) return prefixOf(start);
  const end = groupsOf(tail);
  const zeros = Array.from({ length: 8 - start.length - end.length }, () => '0');
  return prefixOf([...start, ...zeros, ...end]);
}

/** The 16-bit groups of a part of an address; an IPv4 address at its end stands for two. */
function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? ['', ''] : [group]));
}

function prefixOf(groups: readonly string[]): string {
  const normal = groups.slice(0, 4).map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
  return `${normal.join(':')}::/64`;
}
