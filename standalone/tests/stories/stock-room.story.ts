import { expect, it } from '@jest/globals';
import { does } from '../support/does.ts';
import { eavesdrop, hear } from '../support/hear.ts';
import type { Market } from './market.ts';

export function stockRoom(market: Market): void {
  it('counts what comes and goes; the shop’s people hear of each change, and of what runs low', async () => {
    const { seller } = market;
    const shop = await market.shop('Stock Room');
    const { variantId } = await market.offer(shop, 'Cup', 500, 10);
    const CHANGES = 'subscription ($shopId: ID!) { stockChanged(shopId: $shopId) { onHand variant { sku } } }';
    const [changes, alerts, stranger] = await Promise.all([
      hear(seller, CHANGES, { shopId: shop.id }),
      hear(seller, 'subscription { lowStockAlerts { available variant { product { title } } } }'),
      eavesdrop(market.client('commerce:read'), CHANGES, { shopId: shop.id }),
    ]);
    await does(seller, 'setLowStockThreshold', { variantId, threshold: 3 }, { lowStockThreshold: 3, low: false });
    const delivery = { variantId, quantity: 5, note: 'Second delivery', idempotencyKey: 'second delivery' };
    await does(seller, 'receiveStock', delivery, { onHand: 15, available: 15 });
    const accident = { variantId, quantity: 2, note: 'Dropped', idempotencyKey: 'accident' };
    const left = await does(seller, 'recordDamage', accident, { onHand: 13 });
    const count = { variantId, countedQuantity: 3, version: left.version, idempotencyKey: 'inventory' };
    await does(seller, 'correctStock', count, { onHand: 3, low: true });
    for (const onHand of [15, 13, 3]) await changes.hears({ stockChanged: { onHand, variant: { sku: 'Cup-1' } } });
    await alerts.hears({ lowStockAlerts: { available: 3, variant: { product: { title: 'Cup' } } } });
    expect(stranger.told).toEqual([]);
    expect(stranger.errors).toHaveLength(1);
    for (const each of [changes, alerts, stranger]) await each.stop();
    const LEDGER = `query ($id: ID!) { productVariant(id: $id) { stock { movements { edges { node { reason quantity } } } } } }`;
    const { productVariant } = await seller.queryData(LEDGER, { id: variantId });
    expect(productVariant.stock.movements.edges.map(({ node }: { node: object }) => node)).toEqual([
      { reason: 'CORRECTED', quantity: -10 },
      { reason: 'DAMAGED', quantity: -2 },
      { reason: 'RECEIVED', quantity: 5 },
      { reason: 'RECEIVED', quantity: 10 },
    ]);
  });
}
