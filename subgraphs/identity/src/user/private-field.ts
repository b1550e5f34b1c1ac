import type { Session } from '@supergraph/subgraph-kit';
import { type MiddlewareFn, UseMiddleware } from 'type-graphql';
import type { User } from './user.entity.ts';
import { mayReadPrivateFields } from './user.policy.ts';

const nullForOthers: MiddlewareFn<{ session: Session }> = async ({ root, context }, next) =>
  mayReadPrivateFields(context.session, root as User) ? next() : null;

/**
 * A field of a user that is null for everybody else. Null rather than an error: a list of people must not come back
 * full of errors because somebody asked for a field too many.
 */
export function PrivateField(): PropertyDecorator {
  return UseMiddleware(nullForOthers) as PropertyDecorator;
}
