import { connectionOf } from '@supergraph/subgraph-kit';
import { Membership } from './membership.entity.ts';

export const MembershipConnection = connectionOf(Membership);
