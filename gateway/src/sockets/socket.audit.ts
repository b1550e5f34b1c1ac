import type { RefusalLog } from '../guard/refusal.log.ts';
import type { SocketIdentity } from './socket-identity.ts';
import type { Caller } from './socket-request.context.ts';
import type { Closing } from './socket.closing.ts';
import type { SocketMetrics } from './socket.metrics.ts';
import type { UpgradeRefusal } from './upgrade.policy.ts';

/** Counts the sockets that were not let in or were closed, and writes down those that had it coming. */
export class SocketAudit {
  readonly #metrics: SocketMetrics;
  readonly #refusals: Pick<RefusalLog, 'record'>;

  constructor(metrics: SocketMetrics, refusals: Pick<RefusalLog, 'record'>) {
    this.#metrics = metrics;
    this.#refusals = refusals;
  }

  /** An upgrade request that did not become a socket. */
  refused(refusal: UpgradeRefusal, { clientAddress }: Caller): void {
    this.#metrics.refused(refusal);
    const reason = `Upgrade refused: ${refusal.label}`;
    this.#refusals.record({ code: refusal.code, reason, context: { clientAddress } });
  }

  closed(closing: Closing, { clientAddress }: Caller, identity: SocketIdentity | undefined): void {
    this.#metrics.closed(closing);
    if (!closing.refused) return;
    const reason = `Socket closed with ${closing.code}: ${closing.label}`;
    this.#refusals.record({ code: closing.refused, reason, context: { claims: identity?.claims, clientAddress } });
  }
}
