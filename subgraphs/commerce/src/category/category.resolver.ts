import { Arg, Ctx, Directive, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { CommerceContext } from '../context.ts';
import { Category } from './category.entity.ts';
import {
  CategoryVersionInput,
  CreateCategoryInput,
  MoveCategoryInput,
  RenameCategoryInput,
} from './category.inputs.ts';

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => [Category], {
    nullable: true,
    description: 'The whole tree, at most 500: parents before their children, siblings by their position.',
  })
  @Directive('@listSize(assumedSize: 100)')
  categories(@Ctx() { useCases }: CommerceContext): Promise<Category[]> {
    return useCases.listCategories();
  }

  @Query(() => Category, { nullable: true, description: 'One category; null when there is none.' })
  category(
    @Arg('id', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() { loaders }: CommerceContext,
  ): Promise<Category | null> {
    return loaders.categoryById.load(id);
  }

  @FieldResolver(() => Category, { nullable: true, description: 'The category it is in; null for one at the top.' })
  async parent(@Root() { parentId }: Category, @Ctx() { loaders }: CommerceContext): Promise<Category | null> {
    return parentId ? loaders.categoryById.load(parentId) : null;
  }

  @FieldResolver(() => [Category], { description: 'Those in it, by their position.' })
  @Directive('@listSize(assumedSize: 20)')
  children(@Root() { id }: Category, @Ctx() { loaders }: CommerceContext): Promise<Category[]> {
    return loaders.childrenOfCategory.load(id);
  }

  @FieldResolver(() => [Category], { description: 'Those it is in, from the top, itself not included.' })
  @Directive('@listSize(assumedSize: 5)')
  async ancestors(@Root() { id, path }: Category, @Ctx() { loaders }: CommerceContext): Promise<Category[]> {
    const found = await loaders.categoryById.loadMany(path.filter((one) => one !== id));
    return found.filter((one) => one instanceof Category);
  }

  @Mutation(() => Category, {
    nullable: true,
    description: 'Adds a category to the tree. Needs `commerce:categories.write`; `CONFLICT` for a slug that is taken.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:categories.write"]])')
  @Directive('@policy(policies: [["person"]])')
  createCategory(
    @Arg('input', () => CreateCategoryInput, { description: 'The new category.' }) input: CreateCategoryInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Category> {
    return useCases.createCategory(input);
  }

  @Mutation(() => Category, {
    nullable: true,
    description: 'Gives a category another name; its address stays. Needs `commerce:categories.write`.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:categories.write"]])')
  @Directive('@policy(policies: [["person"]])')
  renameCategory(
    @Arg('input', () => RenameCategoryInput, { description: 'Which one, and its name.' }) input: RenameCategoryInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Category> {
    return useCases.renameCategory(input);
  }

  @Mutation(() => Category, {
    nullable: true,
    description:
      'Puts a category with all that is in it elsewhere in the tree. Needs `commerce:categories.write`; ' +
      '`BAD_USER_INPUT` for a place in itself, or too deep.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:categories.write"]])')
  @Directive('@policy(policies: [["person"]])')
  moveCategory(
    @Arg('input', () => MoveCategoryInput, { description: 'Which one, and where to.' }) input: MoveCategoryInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Category> {
    return useCases.moveCategory(input);
  }

  @Mutation(() => Category, {
    nullable: true,
    description:
      'Takes a category out of the tree and answers with it as it was. Needs `commerce:categories.write`; `CONFLICT` ' +
      'while there is a category or a product in it.',
  })
  @Directive('@requiresScopes(scopes: [["commerce:categories.write"]])')
  @Directive('@policy(policies: [["person"]])')
  deleteCategory(
    @Arg('input', () => CategoryVersionInput, { description: 'Which one.' }) input: CategoryVersionInput,
    @Ctx() { useCases }: CommerceContext,
  ): Promise<Category> {
    return useCases.deleteCategory(input);
  }
}
