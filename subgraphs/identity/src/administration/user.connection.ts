import { connectionOf } from '@supergraph/subgraph-kit';
import { User } from '../user/user.entity.ts';

export const UserConnection = connectionOf(User);
