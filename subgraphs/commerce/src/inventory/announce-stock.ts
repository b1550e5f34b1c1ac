import type { CommerceWork } from '../context.ts';
import { hintAtStock, lowStockChannel, stockChannel } from './stock.live.ts';

/** A level before and after a statement. */
export interface LevelChange {
  readonly id: string;
  readonly variant_id: string;
  readonly shop_id: string;
  readonly organization_id: string;
  readonly on_hand: number;
  readonly available: number;
  readonly available_before: number;
  readonly low_stock_threshold: number;
  readonly low: boolean;
  readonly was_low: boolean;
}

/** What a statement that changes levels returns of them. */
export const CHANGE = `new.id, new.variant_id, new.shop_id, new.organization_id, new.on_hand, new.available,
  old.available as available_before, new.low_stock_threshold, new.low, old.low as was_low`;

interface Named {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly title: string;
  readonly product_title: string;
}

const NAMES = `
select v.id, v.product_id, v.sku, v.title, p.title as product_title
from product_variant v join product p on p.id = v.product_id where v.id = any(?::uuid[])`;

/** Lets everybody know of levels that changed, and of each that became low by it: again only after it was not. */
export async function announceStock(work: CommerceWork, changes: readonly LevelChange[]): Promise<void> {
  for (const change of changes) {
    const { id, shop_id: shopId, organization_id: organizationId } = change;
    work.publish(
      'inventory.updated',
      {
        variantId: change.variant_id,
        shopId,
        organizationId,
        onHand: change.on_hand,
        available: change.available,
        availableBefore: change.available_before,
      },
      { organizationId },
    );
    hintAtStock(work, stockChannel(shopId), id);
  }
  const fallen = changes.filter(({ low, was_low: wasLow }) => low && !wasLow);
  if (fallen.length > 0) await announceLowStock(work, fallen);
}

async function announceLowStock(work: CommerceWork, fallen: readonly LevelChange[]): Promise<void> {
  const ids = fallen.map((change) => change.variant_id);
  const named = new Map((await work.em.execute<Named[]>(NAMES, [`{${ids.join()}}`])).map((row) => [row.id, row]));
  for (const change of fallen) {
    const variant = named.get(change.variant_id)!;
    const { shop_id: shopId, organization_id: organizationId } = change;
    work.publish(
      'inventory.low',
      {
        variantId: variant.id,
        productId: variant.product_id,
        shopId,
        organizationId,
        productTitle: variant.product_title,
        variantTitle: variant.title,
        sku: variant.sku,
        available: change.available,
        threshold: change.low_stock_threshold,
      },
      { organizationId },
    );
    hintAtStock(work, lowStockChannel(organizationId), change.id);
  }
}
