import { connectionOf } from '@supergraph/subgraph-kit';
import { Impersonation } from './impersonation.entity.ts';

export const ImpersonationConnection = connectionOf(Impersonation);
