import { connectionOf } from '@supergraph/subgraph-kit';
import { Promotion } from './promotion.entity.ts';

export const PromotionConnection = connectionOf(Promotion);
