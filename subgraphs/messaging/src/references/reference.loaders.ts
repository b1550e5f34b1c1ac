import { stubLoader } from '@supergraph/subgraph-kit';
import { User } from './user.reference.ts';

export function createReferenceLoaders() {
  return { userById: stubLoader(User) };
}
