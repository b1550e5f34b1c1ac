import { ConnectionArguments, type Page, PagedList, permit } from '@supergraph/subgraph-kit';
import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { ShopConnection } from '../shop/shop.connection.ts';
import type { Shop } from '../shop/shop.entity.ts';
import { mayListShopsOf } from '../shop/shop.policy.ts';
import { Organization } from './organization.reference.ts';

@Resolver(() => Organization)
export class OrganizationResolver {
  @FieldResolver(() => ShopConnection, {
    nullable: true,
    description:
      'Its shops in every state, the latest first. Only for those who act for it and have `commerce:read`; for anybody ' +
      'else null, with `FORBIDDEN`.',
  })
  @PagedList()
  @Directive('@requiresScopes(scopes: [["commerce:read"]])')
  async shops(
    @Root() { id }: Organization,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { session, loaders }: CommerceContext,
  ): Promise<Page<Shop>> {
    permit(session, mayListShopsOf(session, id));
    return loaders.shopsOfOrganization.load(id, args);
  }
}
