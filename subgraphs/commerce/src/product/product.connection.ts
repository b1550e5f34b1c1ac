import { connectionOf } from '@supergraph/subgraph-kit';
import { Product } from './product.entity.ts';

export const ProductConnection = connectionOf(Product);
