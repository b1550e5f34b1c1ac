import { isIPv6 } from 'node:net';

/** How many sockets each user and each address has on this process. Holds an entry only while there is one. */
export class SocketQuota {
  readonly #taken = new Map<string, number>();

  /** Counts one more. Returns what gives it back, which may be called twice. */
  take(holder: string): () => void {
    this.#taken.set(holder, this.count(holder) + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = this.count(holder) - 1;
      if (left > 0) this.#taken.set(holder, left);
      else this.#taken.delete(holder);
    };
  }

  count(holder: string): number {
    return this.#taken.get(holder) ?? 0;
  }
}

/** An address as far as it tells customers apart: of IPv6 the /64 network, whose 2^64 addresses one machine can use. */
export function customerOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::', 2);
  const before = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => '0');
  const groups = [...before, ...zeros, ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
