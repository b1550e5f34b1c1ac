import { connectionOf } from '@supergraph/subgraph-kit';
import { Shop } from './shop.entity.ts';

export const ShopConnection = connectionOf(Shop);
