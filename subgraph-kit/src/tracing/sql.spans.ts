import { Attribute, SILENT_SPAN, type Tracer } from '@supergraph/telemetry';
import type { SqlObserver } from '../database/sql-observer.ts';
import { withoutLiterals } from './without-literals.ts';

/** Makes each statement a step of whatever is being traced. What nobody asked for, such as a look for work, is none. */
export function traceSql(tracer: Tracer, subgraph: string): SqlObserver {
  return (statement) => {
    const parent = tracer.current;
    if (parent === SILENT_SPAN) return undefined;
    const text = withoutLiterals(statement);
    const verb = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SQL';
    const span = parent.child(verb, 'client', {
      [Attribute.DB_SYSTEM_NAME]: 'postgresql',
      [Attribute.DB_NAMESPACE]: subgraph,
      [Attribute.DB_OPERATION_NAME]: verb,
      [Attribute.DB_QUERY_TEXT]: text,
    });
    return (error) => {
      // The state alone: the message may quote the row.
      if (error) span.fail((error as { code?: string }).code ?? error.name);
      span.end();
    };
  };
}
