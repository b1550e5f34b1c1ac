import type { PlanNode } from '@apollo/query-planner';
import { type DocumentNode, visit } from 'graphql';
import type { LoadedGraph } from '../graph/live-graph.ts';
import { ApolloProgram } from './apollo.program.ts';
import { CompiledProgram } from './compiled.program.ts';
import { type OperationDocument, selectOperation } from './operation-document.ts';
import type { Program } from './program.ts';
import { UnsupportedOperation } from './unsupported-operation.ts';

export interface PlannedOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  /** Absent when no subgraph is needed for the answer. */
  readonly plan?: PlanNode | undefined;
}

/**
 * Compiles an operation for the engine of its graph. What the compiled engine does not do itself is run by Apollo's
 * executor; `leftToApollo` is told of it.
 */
export function compileProgram(
  graph: LoadedGraph,
  { document, operationName, plan }: PlannedOperation,
  leftToApollo: (operation: UnsupportedOperation) => void = () => {},
): Program {
  if (graph.engine === 'compiled') {
    try {
      const operation = selectOperation(document, operationName);
      refuseUnsupportedNames(operation);
      return new CompiledProgram(graph, operation, plan);
    } catch (error) {
      if (!(error instanceof UnsupportedOperation)) throw error;
      leftToApollo(error);
    }
  }
  const queryPlan = { kind: 'QueryPlan' as const, ...(plan && { node: plan }) };
  return new ApolloProgram(graph, document, operationName, queryPlan);
}

function refuseUnsupportedNames({ operation, fragments }: OperationDocument): void {
  for (const definition of [operation, ...Object.values(fragments)]) {
    visit(definition, {
      Field({ name, alias }) {
        if (name.value === '__schema' || name.value === '__type') throw new UnsupportedOperation('introspection');
        const responseName = (alias ?? name).value;
        // Trees are plain objects, which inherit these.
        if (responseName in {}) throw new UnsupportedOperation(`a field called ${responseName}`);
        if (responseName === '__typename' && name.value !== '__typename') {
          throw new UnsupportedOperation('another field called __typename');
        }
      },
    });
  }
}
