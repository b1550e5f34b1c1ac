import { loadMany, loadOne } from '@supergraph/subgraph-kit';
import type { CommerceReader } from '../context.ts';
import { Category } from './category.entity.ts';

/** Everybody sees the tree. */
export function createCategoryLoaders({ em }: CommerceReader) {
  return {
    categoryById: loadOne(em, Category),
    childrenOfCategory: loadMany(em, Category, { by: 'parentId', orderBy: { position: 'asc', id: 'asc' } }),
  };
}
