import type { Session } from '@supergraph/subgraph-kit';

/** Operators see what went where and whether it arrived, never what was in it. */
export function mayOperateDeliveries(session: Session): boolean {
  return session.can('platform:operate');
}
