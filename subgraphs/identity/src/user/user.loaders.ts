import { loadOne, type Reader } from '@supergraph/subgraph-kit';
import DataLoader from 'dataloader';
import { User } from './user.entity.ts';

/** People by id, for everybody who is signed in; what of them may be seen is decided field by field. */
export function createUserLoader({ em, session }: Reader): DataLoader<string, User | null> {
  if (session.kind === 'anonymous') return new DataLoader(async (ids) => ids.map(() => null));
  return loadOne(em, User);
}
