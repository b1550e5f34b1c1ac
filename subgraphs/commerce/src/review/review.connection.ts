import { connectionOf } from '@supergraph/subgraph-kit';
import { Review } from './review.entity.ts';

export const ReviewConnection = connectionOf(Review);
