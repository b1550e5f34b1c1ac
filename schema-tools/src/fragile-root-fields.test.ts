import { expect, test } from '@jest/globals';
import { fragileRootFields } from './fragile-root-fields.ts';

test('root fields that cannot be null are found, wherever the root is written, and nothing else is', () => {
  const sdl = `
    type Query { safe: Int fragile: Int! list: [Int!] _service: Int! }
    extend type Mutation { do: [Int]! }
    type Subscription { watched: Int! }
    type Other { needed: Int! }
  `;
  expect(fragileRootFields(sdl)).toEqual(['Query.fragile', 'Mutation.do']);
});
