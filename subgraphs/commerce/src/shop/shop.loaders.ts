import { createPageLoader, loadOne, Session, withRowScope } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import type { CommerceReader } from '../context.ts';
import { Shop } from './shop.entity.ts';
import { mayDecideAboutShops, maySeeShop } from './shop.policy.ts';

/** Shops the caller may see; for the others, what exists and what does not look the same. */
export function createShopLoaders({ em, session }: CommerceReader) {
  const visible = loadOne(em, Shop);
  return {
    shopById: new DataLoader<string, Shop | null>(async (ids) => {
      const shops = await asStaff(session, () => visible.loadMany([...ids]));
      return shops.map((shop) => (shop instanceof Shop && maySeeShop(session, shop) ? shop : null));
    }),
    shopBySlug: new DataLoader<string, Shop | null>(async (slugs) => {
      const shops = await asStaff(session, () => em.find(Shop, { slug: { $in: [...slugs] } }));
      const found = new Map(shops.filter((shop) => maySeeShop(session, shop)).map((shop) => [shop.slug, shop]));
      return slugs.map((slug) => found.get(slug) ?? null);
    }),
    shopsOfOrganization: createPageLoader(em, Shop, {
      partitionBy: 'organizationId',
      list: () => ({ orderBy: { createdAt: 'desc' } }),
    }),
  };
}

/** Staff sees shops that the rows' own policy shows to their organization only. */
export function asStaff<Result>(session: Session, read: () => Promise<Result>): Promise<Result> {
  return mayDecideAboutShops(session) ? withRowScope(Session.system(), read) : read();
}
