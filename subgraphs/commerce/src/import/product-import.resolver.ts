import { connectionOf, ConnectionArguments, type Page, PagedList, permit, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { ProductImport } from './product-import.entity.ts';
import { ImportProductsInput, ProductExport } from './product-import.inputs.ts';

const ProductImportConnection = connectionOf(ProductImport);

@Resolver(() => ProductImport)
export class ProductImportResolver {
  @Query(() => ProductImport, {
    nullable: true,
    description: 'How far an import has come; null when there is none that the caller may see. Needs `commerce:read`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  productImport(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<ProductImport | null> {
    return loaders.productImportById.load(id);
  }

  @Query(() => ProductExport, {
    nullable: true,
    description:
      'What a shop of the active organization sells or prepares to sell, as a text: a thousand variants at a time. Needs ' +
      '`commerce:read`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  @RateLimited({ max: 60, per: 'hour' })
  productExport(
    @Arg('shopId', () => ID, { description: 'Which shop.' }) shopId: string,
    @Arg('after', () => String, { nullable: true, description: 'The `endCursor` of those before.' })
    after: string | null,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductExport> {
    return useCases.exportProducts({ shopId, after });
  }

  @FieldResolver(() => Shop, { nullable: true, description: 'The shop that will sell them.' })
  shop(@Root() { shopId }: ProductImport, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return loaders.shopById.load(shopId);
  }

  @Mutation(() => ProductImport, {
    nullable: true,
    description:
      'Takes products over from a text, in the background. A line whose SKU the shop has changes that variant, so that ' +
      'the same text again changes nothing. Needs `commerce:write`; `CONFLICT` while another import of the shop runs.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @RateLimited({ max: 20, per: 'hour' })
  importProducts(
    @Arg('input', () => ImportProductsInput, { description: 'The text, and for which shop.' })
    input: ImportProductsInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductImport> {
    return useCases.importProducts(input);
  }

  @Mutation(() => ProductImport, {
    nullable: true,
    description:
      'Stops an import that is not over. What was taken over stays, and another import may begin. Needs `commerce:write`; ' +
      '`ILLEGAL_TRANSITION` for one that is over.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  cancelProductImport(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductImport> {
    return useCases.cancelProductImport({ id });
  }
}

@Resolver(() => Shop)
export class ShopImportsResolver {
  @FieldResolver(() => ProductImportConnection, {
    nullable: true,
    description: 'Its imports of products, the latest first. For its own people with `commerce:read`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  productImports(
    @Root() { id, organizationId }: Shop,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<ProductImport>> {
    permit(session, mayListShopsOf(session, organizationId));
    return loaders.importsOfShop.load(id, args);
  }
}
