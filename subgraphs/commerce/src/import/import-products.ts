import { conflict, illegalTransition, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { ShopState } from '../shop/shop-state.ts';
import { mayWriteCommerce } from '../shop/shop.policy.ts';
import { takeOwnShop } from '../shop/take-shop.ts';
import { importLines } from './import-columns.ts';
import { ImportState, ProductImport } from './product-import.entity.ts';
import type { ImportProductsInput } from './product-import.inputs.ts';
import { scheduleImport } from './run-product-import.ts';

/** Has products taken over in the background. @throws `BAD_USER_INPUT` for the text, `CONFLICT` while another one runs */
export async function importProducts(work: CommerceWork, { shopId, csv }: ImportProductsInput): Promise<ProductImport> {
  permit(work.session, mayWriteCommerce(work.session));
  const lineCount = importLines(csv).length;
  return work.transaction(async () => {
    const shop = await takeOwnShop(work, shopId);
    if (shop.state === ShopState.CLOSED) throw illegalTransition('Shop', shop.state, shop.state);
    if ((await work.em.count(ProductImport, { shopId: shop.id, endedAt: null })) > 0)
      throw conflict('An import of this shop is still running.');
    const made = work.em.create(ProductImport, {
      id: work.newId(),
      shopId: shop.id,
      organizationId: shop.organizationId,
      requestedBy: work.session.requireUser(),
      state: ImportState.PENDING,
      ...{ csv, lineCount },
      ...{ doneCount: 0, createdCount: 0, updatedCount: 0, failedCount: 0 },
      problems: [],
      createdAt: work.now(),
    });
    scheduleImport(work, made.id, 0);
    return made;
  });
}
