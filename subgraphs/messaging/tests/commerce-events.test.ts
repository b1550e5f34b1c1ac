import { expect, test } from '@jest/globals';
import type { CommerceEvents } from '@supergraph/commerce/events';
import type { HeardOfCommerce } from '../src/commerce.events.ts';

type Both = keyof HeardOfCommerce & keyof CommerceEvents;

/** Names what commerce publishes otherwise than messaging reads it. */
type Misread = { [Name in Both]: CommerceEvents[Name] extends HeardOfCommerce[Name] ? never : Name }[Both];

test('What commerce publishes is what messaging reads', () => {
  // The compiler's to find: with anything misread, this does not compile.
  const misread: [Misread] extends [never] ? [] : [Misread] = [];
  expect(misread).toEqual([]);
});
