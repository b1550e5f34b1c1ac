import { type Page, PagedList } from '@supergraph/subgraph-kit';
import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { ProductConnection } from './product.connection.ts';
import type { Product } from './product.entity.ts';
import { ShopProductArguments } from './product.inputs.ts';

@Resolver(() => Shop)
export class ShopProductsResolver {
  @FieldResolver(() => ProductConnection, {
    nullable: true,
    description:
      'What it sells, the latest first. Its people with `commerce:read` and staff also find drafts and what is archived.',
  })
  @PagedList()
  products(
    @Root() { id }: Shop,
    @Args(() => ShopProductArguments) args: ShopProductArguments,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Page<Product>> {
    return loaders.productsOfShop.load(id, args);
  }
}
