import { PagedList } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Category } from '../category/category.entity.ts';
import type { CommerceContext } from '../context.ts';
import { Product } from '../product/product.entity.ts';
import { ProductArguments } from './product-search.inputs.ts';
import { CategoryCount, type FoundProducts, ProductSearchConnection } from './product-search.types.ts';

@Resolver(() => Product)
export class ProductSearchResolver {
  @Query(() => ProductSearchConnection, { nullable: true, description: 'What is for sale, for everybody.' })
  @PagedList()
  products(
    @Args(() => ProductArguments) args: ProductArguments,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<FoundProducts> {
    return useCases.searchProducts(args);
  }

  @Query(() => [String], {
    nullable: true,
    description: 'What somebody may be looking for: at most ten titles with these words, the best selling first.',
  })
  @Directive('@listSize(assumedSize: 10)')
  productSuggestions(
    @Arg('prefix', () => String, {
      description: 'What is typed so far, in title or brand; the last word may be a beginning.',
    })
    prefix: string,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<string[]> {
    return useCases.suggestProducts(prefix);
  }

  @FieldResolver(() => [Product], { description: 'Others in its category, at most eight, the best selling first.' })
  @Directive('@listSize(assumedSize: 8)')
  related(@Root() product: Product, @Ctx() { loaders }: CommerceContext): Promise<Product[]> {
    return loaders.relatedToProduct.load(product);
  }
}

@Resolver(() => CategoryCount)
export class CategoryCountResolver {
  @FieldResolver(() => Category, { nullable: true, description: 'Which category.' })
  category(@Root() { categoryId }: CategoryCount, @Ctx() { loaders }: CommerceContext): Promise<Category | null> {
    return loaders.categoryById.load(categoryId);
  }
}
