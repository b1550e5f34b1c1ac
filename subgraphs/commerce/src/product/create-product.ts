import { illegalTransition, permit } from '@supergraph/subgraph-kit';
import { holdCategory } from '../category/category.lock.ts';
import type { CommerceWork } from '../context.ts';
import { ShopState } from '../shop/shop-state.ts';
import { mayWriteCommerce } from '../shop/shop.policy.ts';
import { takeOwnShop } from '../shop/take-shop.ts';
import { announceProduct } from './announce-product.ts';
import { attributesOf } from './attributes-of.ts';
import { chooseSlug } from './choose-slug.ts';
import { ProductStatus } from './product-status.ts';
import { Product } from './product.entity.ts';
import type { CreateProductInput } from './product.inputs.ts';
import { replaceImages } from './replace-images.ts';

/** Makes a draft of a product. The shop is locked meanwhile, so that its state is the product's. @throws `CONFLICT` */
export async function createProduct(work: CommerceWork, input: CreateProductInput): Promise<Product> {
  permit(work.session, mayWriteCommerce(work.session));
  return work.transaction(async () => {
    const category = input.categoryId ? await holdCategory(work, input.categoryId) : null;
    const shop = await takeOwnShop(work, input.shopId);
    if (shop.state === ShopState.CLOSED) throw illegalTransition('Shop', shop.state, shop.state);
    const slug = await chooseSlug(work, shop.id, input);
    const product = work.em.create(Product, {
      id: work.newId(),
      shopId: shop.id,
      organizationId: shop.organizationId,
      categoryId: category?.id ?? null,
      categoryPath: category?.path ?? [],
      title: input.title.trim(),
      slug,
      description: input.description ?? '',
      brand: input.brand?.trim() ?? null,
      attributes: attributesOf(input.attributes ?? []),
      status: ProductStatus.DRAFT,
      shopOpen: shop.isOpen,
      currency: shop.currency,
      createdAt: work.now(),
      updatedAt: work.now(),
    });
    await work.em.flush();
    await replaceImages(work, product, input.images ?? []);
    announceProduct(work, 'product.created', product);
    return product;
  });
}
