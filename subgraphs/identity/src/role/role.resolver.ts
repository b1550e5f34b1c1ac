import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { IdentityContext } from '../context.ts';
import { Permission } from './permission.entity.ts';
import { Role } from './role.entity.ts';
import { SetRolePermissionsInput } from './role.inputs.ts';

@Resolver(() => Role)
export class RoleResolver {
  @Query(() => [Role], { nullable: true, description: 'All roles.' })
  @Directive('@authenticated')
  @Directive('@listSize(assumedSize: 10)')
  async roles(@Ctx() { useCases }: IdentityContext): Promise<Role[]> {
    return useCases.listRoles();
  }

  @Query(() => [Permission], { nullable: true, description: 'Everything that roles can allow.' })
  @Directive('@authenticated')
  @Directive('@listSize(assumedSize: 50)')
  async permissions(@Ctx() { useCases }: IdentityContext): Promise<Permission[]> {
    return useCases.listPermissions();
  }

  @Query(() => [Permission], {
    nullable: true,
    description:
      'What a token that is issued at this moment would allow: to oneself, or for support to anybody. Tokens that are ' +
      'out may be up to 15 minutes behind.',
  })
  @Directive('@authenticated')
  @Directive('@listSize(assumedSize: 50)')
  async userPermissions(
    @Arg('userId', () => ID, { nullable: true, description: 'Oneself unless told.' }) userId: string | null,
    @Arg('organizationId', () => ID, {
      nullable: true,
      description: 'Acting for this one; unless told for the active one, and of others for their personal one.',
    })
    organizationId: string | null,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Permission[]> {
    return useCases.listUserPermissions({ userId, organizationId });
  }

  @Mutation(() => Role, {
    nullable: true,
    description:
      'Decides what a role allows; for super admins. In effect everywhere within 15 minutes, when the last token of ' +
      'before has ended. `SUPER_ADMIN` itself can only gain.',
  })
  @Directive('@requiresScopes(scopes: [["identity:roles.write"]])')
  @Directive('@policy(policies: [["role:SUPER_ADMIN"]])')
  async setRolePermissions(
    @Arg('input', () => SetRolePermissionsInput, { description: 'The role and all it is to allow.' })
    input: SetRolePermissionsInput,
    @Ctx() { useCases }: IdentityContext,
  ): Promise<Role> {
    return useCases.setRolePermissions(input);
  }

  @FieldResolver(() => [Permission], { name: 'permissions', description: 'What it allows.' })
  @Directive('@listSize(assumedSize: 50)')
  async permissionsOfRole(@Root() role: Role, @Ctx() { loaders }: IdentityContext): Promise<Permission[]> {
    return loaders.permissionsOfRole.load(role.name);
  }
}
