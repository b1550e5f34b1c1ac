import { type Page, PagedList, RateLimited } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Organization } from '../references/organization.reference.ts';
import { User } from '../references/user.reference.ts';
import { ShopVerification } from '../verification/shop-verification.entity.ts';
import { ShopConnection } from './shop.connection.ts';
import { Shop } from './shop.entity.ts';
import {
  RegisterShopInput,
  ReinstateShopInput,
  ShopArguments,
  ShopVersionInput,
  SuspendShopInput,
  UpdateShopInput,
} from './shop.inputs.ts';
import { maySeeShopInside } from './shop.policy.ts';

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => ShopConnection, {
    nullable: true,
    description: 'The open shops. Who may decide about shops can ask for those in any other state.',
  })
  @PagedList()
  shops(@Args(() => ShopArguments) args: ShopArguments, @Ctx() { useCases }: CommerceContext): Promise<Page<Shop>> {
    return useCases.searchShops(args);
  }

  @Query(() => Shop, { nullable: true, description: 'One shop; null when there is none that the caller may see.' })
  async shop(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Shop | null> {
    return loaders.shopById.load(id);
  }

  @Query(() => Shop, { nullable: true, description: 'The shop at an address of the storefront.' })
  async shopBySlug(
    @Arg('slug', () => String, { description: 'The address, as in `Shop.slug`.' }) slug: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Shop | null> {
    return loaders.shopBySlug.load(slug);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who opened it, for whoever is signed in. Null while identity cannot be asked.',
  })
  @Directive('@authenticated')
  owner(@Root() { ownerId }: Shop): User {
    return { id: ownerId };
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: 'Whom it belongs to. For its own people and staff.',
  })
  @Directive('@authenticated')
  organization(@Root() shop: Shop, @Ctx() { session }: CommerceContext): Organization | null {
    return maySeeShopInside(session, shop) ? { id: shop.organizationId } : null;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'The platform’s share of what it sells, in hundredths of a percent. For its own people and staff.',
  })
  @Directive('@authenticated')
  commissionRate(@Root() shop: Shop, @Ctx() { session }: CommerceContext): number | null {
    return maySeeShopInside(session, shop) ? shop.commissionRate : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it is suspended; null when it is not. For its own people and staff.',
  })
  @Directive('@authenticated')
  stateReason(@Root() shop: Shop, @Ctx() { session }: CommerceContext): string | null {
    return maySeeShopInside(session, shop) ? (shop.stateReason ?? null) : null;
  }

  @FieldResolver(() => ShopVerification, {
    nullable: true,
    description: 'What it last said of itself to be let in; null before that. For its own people and staff.',
  })
  @Directive('@authenticated')
  async verification(
    @Root() shop: Shop,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<ShopVerification | null> {
    return maySeeShopInside(session, shop) ? loaders.latestVerificationOfShop.load(shop.id) : null;
  }

  @Mutation(() => Shop, {
    nullable: true,
    description:
      'Sets up a shop of the active organization. `submitShopVerification` then asks for it to be let in. Needs ' +
      '`commerce:write`; `CONFLICT` for a slug that is taken.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  @Directive('@policy(policies: [["organization"]])')
  @RateLimited({ max: 20, per: 'hour' })
  registerShop(
    @Arg('input', () => RegisterShopInput, { description: 'The new shop.' }) input: RegisterShopInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Shop> {
    return useCases.registerShop(input);
  }

  @Mutation(() => Shop, { nullable: true, description: 'Changes what a shop says of itself. Needs `commerce:write`.' })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  updateShop(
    @Arg('input', () => UpdateShopInput, { description: 'What to change.' }) input: UpdateShopInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Shop> {
    return useCases.updateShop(input);
  }

  @Mutation(() => Shop, {
    nullable: true,
    description: 'Gives a shop up, for good. What was ordered before is still delivered. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  closeShop(
    @Arg('input', () => ShopVersionInput, { description: 'Which shop.' }) input: ShopVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Shop> {
    return useCases.closeShop(input);
  }

  @Mutation(() => Shop, {
    nullable: true,
    description: 'Stops a shop: nothing of it can be bought from now on. Needs `commerce:shops.decide`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  suspendShop(
    @Arg('input', () => SuspendShopInput, { description: 'Which shop, and why.' }) input: SuspendShopInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Shop> {
    return useCases.suspendShop(input);
  }

  @Mutation(() => Shop, {
    nullable: true,
    description: 'Lets a suspended shop sell again. Needs `commerce:shops.decide`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:shops.decide"]])')
  @Directive('@policy(policies: [["person"]])')
  reinstateShop(
    @Arg('input', () => ReinstateShopInput, { description: 'Which shop.' }) input: ReinstateShopInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Shop> {
    return useCases.reinstateShop(input);
  }
}
