import { stubLoader } from '@supergraph/subgraph-kit';
import { Organization } from './organization.reference.ts';
import { User } from './user.reference.ts';

export function createReferenceLoaders() {
  return { organizationById: stubLoader(Organization), userById: stubLoader(User) };
}
