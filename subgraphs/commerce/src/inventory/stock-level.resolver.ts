import { connectionOf, ConnectionArguments, type Page, PagedList } from '@supergraph/subgraph-kit';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { ProductVariant } from '../variant/product-variant.entity.ts';
import { StockLevel } from './stock-level.entity.ts';
import { StockMovement } from './stock-movement.entity.ts';
import { StockReservation } from './stock-reservation.entity.ts';
import {
  CorrectStockInput,
  ReceiveStockInput,
  RecordDamageInput,
  SetLowStockThresholdInput,
  StockLevelArguments,
  StockReservationArguments,
} from './stock.inputs.ts';

const StockLevelConnection = connectionOf(StockLevel);
const StockMovementConnection = connectionOf(StockMovement);
const StockReservationConnection = connectionOf(StockReservation);

@Resolver(() => StockLevel)
export class StockLevelResolver {
  @Query(() => StockLevelConnection, {
    nullable: true,
    description: 'What a shop of the active organization has, of what was stocked last first. Needs `commerce:read`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  @Directive('@policy(policies: [["organization"]])')
  stockLevels(
    @Args(() => StockLevelArguments) args: StockLevelArguments,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Page<StockLevel>> {
    return useCases.searchStockLevels(args);
  }

  @FieldResolver(() => ProductVariant, { nullable: true, description: 'Of what.' })
  variant(@Root() { variantId }: StockLevel, @Ctx() { loaders }: CommerceContext): Promise<ProductVariant | null> {
    return loaders.variantById.load(variantId);
  }

  @FieldResolver(() => StockMovementConnection, {
    nullable: true,
    description: 'What came and went, the latest first.',
  })
  @PagedList()
  movements(
    @Root() { variantId }: StockLevel,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Page<StockMovement>> {
    return loaders.movementsOfVariant.load(variantId, args);
  }

  @FieldResolver(() => StockReservationConnection, {
    nullable: true,
    description: 'What is held for buyers, or was, the latest first.',
  })
  @PagedList()
  reservations(
    @Root() { variantId }: StockLevel,
    @Args(() => StockReservationArguments) args: StockReservationArguments,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Page<StockReservation>> {
    return loaders.reservationsOfVariant.load(variantId, args);
  }

  @Mutation(() => StockLevel, {
    nullable: true,
    description: 'Puts on the shelf what the shop got. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  receiveStock(
    @Arg('input', () => ReceiveStockInput, { description: 'What came.' }) input: ReceiveStockInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<StockLevel> {
    return useCases.receiveStock(input);
  }

  @Mutation(() => StockLevel, {
    nullable: true,
    description:
      'Takes off the shelf what cannot be sold. Needs `commerce:write`; `CONFLICT` for more than is available, because ' +
      'what is held for buyers is promised.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  recordDamage(
    @Arg('input', () => RecordDamageInput, { description: 'What went.' }) input: RecordDamageInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<StockLevel> {
    return useCases.recordDamage(input);
  }

  @Mutation(() => StockLevel, {
    nullable: true,
    description:
      'Sets what somebody counted. Needs `commerce:write`; `VERSION_CONFLICT` when something moved since it was read, ' +
      '`CONFLICT` for less than is held for buyers.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  correctStock(
    @Arg('input', () => CorrectStockInput, { description: 'What was counted.' }) input: CorrectStockInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<StockLevel> {
    return useCases.correctStock(input);
  }

  @Mutation(() => StockLevel, {
    nullable: true,
    description: 'Says from when on stock counts as low. Needs `commerce:write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:write"]])')
  setLowStockThreshold(
    @Arg('input', () => SetLowStockThresholdInput, { description: 'Which, and from when on.' })
    input: SetLowStockThresholdInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<StockLevel> {
    return useCases.setLowStockThreshold(input);
  }
}
