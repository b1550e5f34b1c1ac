import { connectionOf } from '@supergraph/subgraph-kit';
import { AuthSession } from './auth-session.entity.ts';

export const AuthSessionConnection = connectionOf(AuthSession);
