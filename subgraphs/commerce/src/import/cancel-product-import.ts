import { LockMode } from '@mikro-orm/postgresql';
import { notFound, parseId, permit } from '@supergraph/subgraph-kit';
import type { CommerceWork } from '../context.ts';
import { mayChangeShop, mayWriteCommerce } from '../shop/shop.policy.ts';
import { ProductImport } from './product-import.entity.ts';

/** Stops an import after the lines that are being taken over right now. @throws `ILLEGAL_TRANSITION` when it is over */
export async function cancelProductImport(work: CommerceWork, { id }: { id: string }): Promise<ProductImport> {
  permit(work.session, mayWriteCommerce(work.session));
  return work.transaction(async () => {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, populate: ['csv'] } as const;
    const found = await work.em.findOne(ProductImport, { id: parseId('ProductImport', id) }, lock);
    if (!found) throw notFound('ProductImport');
    permit(work.session, mayChangeShop(work.session, found));
    found.cancel(work.now());
    return found;
  });
}
