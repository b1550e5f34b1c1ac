import { type Runtime, Session, withRowScope } from '@supergraph/subgraph-kit';
import type { CommerceLoaders } from '../context.ts';
import type { CommerceEnvironment } from '../environment.ts';
import type { CommerceEvents } from '../events.ts';
import type { CommerceServices } from '../services.ts';
import type { useCases } from '../use-cases.ts';
import type { DemoPerson } from './write-catalogue.ts';

export type CommerceRuntime = Runtime<
  CommerceEnvironment,
  CommerceServices,
  CommerceEvents,
  CommerceLoaders,
  typeof useCases
>;

/** Has somebody do something, as if they had asked for it. */
export function as<Result>(
  runtime: CommerceRuntime,
  { userId, organizationId }: DemoPerson,
  run: (cases: ReturnType<CommerceRuntime['createContext']>['useCases']) => Promise<Result>,
): Promise<Result> {
  const session = Session.fromClaims({
    ...{ sub: userId, sid: userId, org: organizationId, orgRole: 'OWNER', roles: ['MEMBER'] },
    scope: 'commerce:read commerce:write commerce:refund',
  } as unknown as Parameters<typeof Session.fromClaims>[0]);
  return withRowScope(session, () => run(runtime.createContext(runtime.openScope(session)).useCases));
}
