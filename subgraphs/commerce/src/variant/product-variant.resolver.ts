import { Money } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { attributeList } from '../product/attribute-list.ts';
import { Product } from '../product/product.entity.ts';
import { ProductAttribute } from '../product/product.types.ts';
import { ProductVariant } from './product-variant.entity.ts';
import {
  CreateProductVariantInput,
  ProductVariantVersionInput,
  UpdateProductVariantInput,
} from './product-variant.inputs.ts';

@Resolver(() => ProductVariant)
export class ProductVariantResolver {
  @Query(() => ProductVariant, {
    nullable: true,
    description: 'One variant; null when there is none that the caller may see.',
  })
  productVariant(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<ProductVariant | null> {
    return loaders.variantById.load(id);
  }

  @FieldResolver(() => Product, { nullable: true, description: 'Of which product it is a form.' })
  product(@Root() { productId }: ProductVariant, @Ctx() { loaders }: CommerceContext): Promise<Product | null> {
    return loaders.productById.load(productId);
  }

  @FieldResolver(() => [ProductAttribute], { description: 'What tells it from its siblings, such as size: M.' })
  @Directive('@listSize(assumedSize: 5)')
  options(@Root() { options }: ProductVariant): ProductAttribute[] {
    return attributeList(options);
  }

  @FieldResolver(() => Money, { description: 'What it costs.' })
  price(@Root() { price, currency }: ProductVariant): Money {
    return new Money(price, currency);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What it cost before, when that was more.' })
  compareAtPrice(@Root() { compareAtPrice, currency }: ProductVariant): Money | null {
    return typeof compareAtPrice === 'number' ? new Money(compareAtPrice, currency) : null;
  }

  @Mutation(() => ProductVariant, {
    nullable: true,
    description:
      'Adds a variant to a product, at most 100. Needs `commerce:write`; `CONFLICT` for a SKU that the shop has already.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  createProductVariant(
    @Arg('input', () => CreateProductVariantInput, { description: 'The new variant.' })
    input: CreateProductVariantInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductVariant> {
    return useCases.createProductVariant(input);
  }

  @Mutation(() => ProductVariant, { nullable: true, description: 'Changes a variant. Needs `commerce:write`.' })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  updateProductVariant(
    @Arg('input', () => UpdateProductVariantInput, { description: 'What to change.' })
    input: UpdateProductVariantInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductVariant> {
    return useCases.updateProductVariant(input);
  }

  @Mutation(() => ProductVariant, {
    nullable: true,
    description: 'Has a variant be for sale again. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  activateProductVariant(
    @Arg('input', () => ProductVariantVersionInput, { description: 'Which one.' }) input: ProductVariantVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductVariant> {
    return useCases.activateProductVariant(input);
  }

  @Mutation(() => ProductVariant, {
    nullable: true,
    description:
      'Takes a variant off sale. Needs `commerce:write`; `CONFLICT` for the last one of a product that is for sale.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  deactivateProductVariant(
    @Arg('input', () => ProductVariantVersionInput, { description: 'Which one.' }) input: ProductVariantVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<ProductVariant> {
    return useCases.deactivateProductVariant(input);
  }
}
