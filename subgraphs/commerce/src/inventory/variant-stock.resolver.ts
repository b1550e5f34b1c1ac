import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { StockLevel } from './stock-level.entity.ts';
import { VariantAvailability } from './variant-availability.ts';

/** What inventory adds to a variant. */
@Resolver(() => ProductVariant)
export class VariantStockResolver {
  @FieldResolver(() => StockLevel, {
    nullable: true,
    description: 'How much there is; null before anything was stocked. For the shop’s own people.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  stock(@Root() { id }: ProductVariant, @Ctx() { loaders }: CommerceContext): Promise<StockLevel | null> {
    return loaders.stockLevelOfVariant.load(id);
  }

  @FieldResolver(() => VariantAvailability, { nullable: true, description: 'Whether it can be bought.' })
  availability(@Root() { id }: ProductVariant, @Ctx() { loaders }: CommerceContext): Promise<VariantAvailability> {
    return loaders.availabilityOfVariant.load(id);
  }
}
