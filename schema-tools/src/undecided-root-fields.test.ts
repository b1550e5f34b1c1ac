import { expect, test } from '@jest/globals';
import { undecidedRootFields, unknownRootFields } from './undecided-root-fields.ts';

const SDL = `
  type Query { mine: Int @authenticated ours: Int @policy(policies: [["p"]]) prices: Int forgotten: Int @cost(weight: 1) _service: Int }
  extend type Mutation { login: Int @rateLimited(max: 1, seconds: 1) pay: Int @requiresScopes(scopes: [["s"]]) }
  type Subscription { news: Int }
  type Other { free: Int }
`;

test('root fields of which nobody has said who they are for are found, and those that are said to be for both', () => {
  expect(undecidedRootFields(SDL, new Set(['Query.prices', 'Mutation.login', 'Query.mine']))).toEqual([
    'Query.mine',
    'Query.forgotten',
    'Subscription.news',
  ]);
});

test('what is for everybody and is not there any more is found', () => {
  expect(unknownRootFields([SDL], new Set(['Query.prices', 'Query.gone']))).toEqual(['Query.gone']);
});
