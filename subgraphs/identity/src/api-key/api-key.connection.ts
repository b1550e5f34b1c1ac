import { connectionOf } from '@supergraph/subgraph-kit';
import { ApiKey } from './api-key.entity.ts';

export const ApiKeyConnection = connectionOf(ApiKey);
