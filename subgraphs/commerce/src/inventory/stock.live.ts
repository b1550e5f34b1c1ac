import type { CommerceWork } from '../context.ts';

/** Says which level to read again; the number stays out of it, so that a hint shows nobody anything. */
export interface StockHint {
  readonly id: string;
}

export const stockChannel = (shopId: string) => `stock:${shopId}`;

export const lowStockChannel = (organizationId: string) => `low-stock:${organizationId}`;

/** Tells open clients, once the transaction is committed. */
export function hintAtStock(work: CommerceWork, channel: string, id: string): void {
  work.afterCommit(() => work.live.publish(channel, { id } satisfies StockHint));
}
