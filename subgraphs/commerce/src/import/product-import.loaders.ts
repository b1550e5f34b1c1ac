import { createPageLoader, loadOne } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { ProductImport } from './product-import.entity.ts';

export function createImportLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, ProductImport);
  return {
    productImportById: new DataLoader<string, ProductImport | null>(async (ids) => {
      const found = await visible.loadMany([...ids]);
      return found.map((one) =>
        one instanceof ProductImport && mayListShopsOf(session, one.organizationId) ? one : null,
      );
    }),
    /** For whoever may see the shop inside: that has to be checked before. */
    importsOfShop: createPageLoader(em, ProductImport, {
      partitionBy: 'shopId',
      list: () => ({ orderBy: { createdAt: 'desc' } }),
    }),
  };
}
