import { notFound, permit } from '@supergraph/subgraph-kit';
import { Arg, Ctx, Directive, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { StockLevel } from './stock-level.entity.ts';
import { maySeeStock } from './stock.policy.ts';
import { lowStockChannel, stockChannel, type StockHint } from './stock.live.ts';

/** What a shop's people hear of at once. Each event is loaded afresh, as the person who listens. */
@Resolver(() => StockLevel)
export class StockLiveResolver {
  @Subscription(() => StockLevel, {
    description:
      'A level of a shop of the active organization that just changed. What comes while nobody listens is in ' +
      '`stockLevels`. Needs `commerce:read`.',
    subscribe: ({ context, args }: { context: CommerceContext; args: { shopId: string } }) =>
      hintsOfShop(context, args.shopId) as never,
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  @Directive('@policy(policies: [["organization"]])')
  stockChanged(
    @Root() hint: StockHint,
    @Arg('shopId', () => ID, { description: 'Which shop.' }) _shopId: string,
    @Ctx() context: CommerceContext,
  ): Promise<StockLevel> {
    return levelOf(context, hint);
  }

  @Subscription(() => StockLevel, {
    description:
      'A level of the active organization that just became low; again only after it was not. Needs `commerce:read`.',
    subscribe: ({ context: { live, session } }: { context: CommerceContext }) => {
      const organizationId = session.requireOrganization();
      permit(session, mayListShopsOf(session, organizationId));
      return live.subscribe<StockHint>(lowStockChannel(organizationId));
    },
  })
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  @Directive('@policy(policies: [["organization"]])')
  lowStockAlerts(@Root() hint: StockHint, @Ctx() context: CommerceContext): Promise<StockLevel> {
    return levelOf(context, hint);
  }
}

async function hintsOfShop({ loaders, live, session }: CommerceContext, id: string) {
  permit(session, mayListShopsOf(session, session.requireOrganization()));
  const shop = await loaders.shopById.load(id);
  if (!shop || !maySeeStock(session, shop)) throw notFound('Shop');
  return live.subscribe<StockHint>(stockChannel(shop.id));
}

async function levelOf({ loaders }: CommerceContext, { id }: StockHint): Promise<StockLevel> {
  const level = await loaders.stockLevelById.load(id);
  if (!level) throw notFound('StockLevel');
  return level;
}
