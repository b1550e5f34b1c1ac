import { Money } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, FieldResolver, Float, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Category } from '../category/category.entity.ts';
import type { CommerceContext } from '../context.ts';
import { Shop } from '../shop/shop.entity.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { attributeList } from './attribute-list.ts';
import { ProductImage } from './product-image.entity.ts';
import { Product } from './product.entity.ts';
import { CreateProductInput, ProductVersionInput, UpdateProductInput } from './product.inputs.ts';
import { maySeeProductInside } from './product.policy.ts';
import { PriceRange, ProductAttribute } from './product.types.ts';

@Resolver(() => Product)
export class ProductResolver {
  @Query(() => Product, {
    nullable: true,
    description: 'One product; null when there is none that the caller may see.',
  })
  product(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Product | null> {
    return loaders.productById.load(id);
  }

  @FieldResolver(() => Shop, { nullable: true, description: 'Which shop sells it.' })
  shop(@Root() { shopId }: Product, @Ctx() { loaders }: CommerceContext): Promise<Shop | null> {
    return loaders.shopById.load(shopId);
  }

  @FieldResolver(() => Category, { nullable: true, description: 'Where it is in the catalogue.' })
  async category(@Root() { categoryId }: Product, @Ctx() { loaders }: CommerceContext): Promise<Category | null> {
    return categoryId ? loaders.categoryById.load(categoryId) : null;
  }

  @FieldResolver(() => [ProductAttribute], { description: 'What it is found by, up to 50, by name.' })
  @Directive('@listSize(assumedSize: 10)')
  attributes(@Root() { attributes }: Product): ProductAttribute[] {
    return attributeList(attributes);
  }

  @FieldResolver(() => [ProductVariant], {
    description: 'Its forms that can be bought, at most 100; its shop’s people and staff see the others as well.',
  })
  @Directive('@listSize(assumedSize: 10)')
  async variants(
    @Root() product: Product,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<readonly ProductVariant[]> {
    const variants = await loaders.variantsOfProduct.load(product.id);
    return maySeeProductInside(session, product) ? variants : variants.filter(({ active }) => active);
  }

  @FieldResolver(() => [ProductImage], { description: 'Its pictures, at most 20, the most telling first.' })
  @Directive('@listSize(assumedSize: 5)')
  images(@Root() { id }: Product, @Ctx() { loaders }: CommerceContext): Promise<ProductImage[]> {
    return loaders.imagesOfProduct.load(id);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What its cheapest variant costs; null without any.' })
  lowestPrice(@Root() { lowestPrice, currency }: Product): Money | null {
    return typeof lowestPrice === 'number' ? new Money(lowestPrice, currency) : null;
  }

  @FieldResolver(() => PriceRange, {
    nullable: true,
    description: 'From its cheapest to its dearest variant that can be bought; null without any.',
  })
  priceRange(@Root() { id }: Product, @Ctx() { loaders }: CommerceContext): Promise<PriceRange | null> {
    return loaders.priceRangeOfProduct.load(id);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'From 1 to 5, on average; null before anybody rated it.' })
  rating(@Root() { rating, ratingCount }: Product): number | null {
    return ratingCount > 0 ? rating : null;
  }

  @Mutation(() => Product, {
    nullable: true,
    description:
      'Makes a draft of a product. It needs a variant before it can be published. Needs `commerce:write`; `CONFLICT` for ' +
      'a slug that is taken.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  createProduct(
    @Arg('input', () => CreateProductInput, { description: 'The new product.' }) input: CreateProductInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Product> {
    return useCases.createProduct(input);
  }

  @Mutation(() => Product, {
    nullable: true,
    description: 'Changes what a product says of itself. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  updateProduct(
    @Arg('input', () => UpdateProductInput, { description: 'What to change.' }) input: UpdateProductInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Product> {
    return useCases.updateProduct(input);
  }

  @Mutation(() => Product, {
    nullable: true,
    description: 'Puts a draft up for sale. Needs `commerce:write`; `CONFLICT` while no variant of it can be bought.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  publishProduct(
    @Arg('input', () => ProductVersionInput, { description: 'Which product.' }) input: ProductVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Product> {
    return useCases.publishProduct(input);
  }

  @Mutation(() => Product, { nullable: true, description: 'Takes a product off sale. Needs `commerce:write`.' })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  archiveProduct(
    @Arg('input', () => ProductVersionInput, { description: 'Which product.' }) input: ProductVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Product> {
    return useCases.archiveProduct(input);
  }

  @Mutation(() => Product, {
    nullable: true,
    description: 'Makes a draft again of what was archived. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  unarchiveProduct(
    @Arg('input', () => ProductVersionInput, { description: 'Which product.' }) input: ProductVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Product> {
    return useCases.unarchiveProduct(input);
  }
}
