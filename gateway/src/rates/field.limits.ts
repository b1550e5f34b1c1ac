import type { Logger } from '@supergraph/protocol';
import type { OperationDefinitionNode } from 'graphql';
import { selectOperation } from '../execution/operation-document.ts';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { Admission, GuardedOperation } from '../guard/operation.guard.ts';
import { argumentValue, variableValue } from './argument.value.ts';
import { countedFor } from './counted-by.ts';
import type { Counts } from './counts.ts';
import { DeclaredLimits, type FieldLimit, fromSetting, type LimitOverrides } from './declared.limits.ts';
import type { Shortage, Take } from './limit.ts';
import { findLimitedUses, isIncluded, type LimitedUse } from './limited-uses.ts';
import type { RateMetrics } from './rate.metrics.ts';
import { rateRefusal } from './rate.refusal.ts';

export interface FieldLimitsParts {
  readonly overrides: LimitOverrides;
  readonly counts: Counts;
  readonly metrics: RateMetrics;
  readonly logger: Logger;
}

const OPERATION = 'operation:';

/**
 * Limits how often fields are asked for, and operations by their name. An operation is counted with all its uses or, when
 * one of them is too much, not at all: being refused costs nobody their other allowances.
 */
export class FieldLimits implements Admission {
  readonly #parts: FieldLimitsParts;
  readonly #byOperation: ReadonlyMap<string, readonly FieldLimit[]>;
  readonly #declared = new WeakMap<LoadedGraph, DeclaredLimits>();
  /**
   * By the parsed operation, of which Apollo Server keeps as many as it has memory for: what is found out about one is
   * gone together with it.
   */
  readonly #uses = new WeakMap<OperationDefinitionNode, { graph: LoadedGraph; uses: readonly LimitedUse[] }>();

  constructor(parts: FieldLimitsParts) {
    this.#parts = parts;
    this.#byOperation = new Map(
      Object.entries(parts.overrides)
        .filter(([name]) => name.startsWith(OPERATION))
        .map(([name, setting]) => [name.slice(OPERATION.length), fromSetting(name, setting)]),
    );
  }

  admit(guarded: GuardedOperation): void | Promise<void> {
    const uses = this.#usesIn(guarded);
    const named = this.#byOperation.get(guarded.operation.name?.value ?? '');
    if (uses.length === 0 && !named) return;
    const takes = takesOf(guarded, uses, named ?? []);
    if (takes.length === 0) return;
    const outcome = this.#parts.counts.take(takes);
    if (outcome instanceof Promise) return outcome.then((shortage) => this.#refuse(shortage));
    this.#refuse(outcome);
  }

  #refuse(shortage: Shortage | undefined): void {
    if (!shortage) return;
    throw rateRefusal(shortage, `${shortage.limit.name} is not available that often`, this.#parts.metrics);
  }

  #usesIn({ graph, document, operation }: GuardedOperation): readonly LimitedUse[] {
    const known = this.#uses.get(operation);
    if (known?.graph === graph) return known.uses;
    const { fragments } = selectOperation(document, operation.name?.value);
    const uses = findLimitedUses(graph.annotatedSchema, this.#declaredIn(graph), { operation, fragments });
    this.#uses.set(operation, { graph, uses });
    return uses;
  }

  #declaredIn(graph: LoadedGraph): DeclaredLimits {
    let declared = this.#declared.get(graph);
    if (!declared) {
      declared = new DeclaredLimits(graph.annotatedSchema, this.#parts.overrides, this.#parts.logger);
      this.#declared.set(graph, declared);
    }
    return declared;
  }
}

/** What is to be counted, each key once with all its uses. */
function takesOf(
  { operation, variables, context }: GuardedOperation,
  uses: readonly LimitedUse[],
  named: readonly FieldLimit[],
): Take[] {
  const takes = new Map<string, Take>();
  const count = ({ limit, by }: FieldLimit, valueOf: (path: readonly string[]) => unknown): void => {
    const key = limit.keyOf(countedFor(by, context, valueOf));
    takes.set(key, { limit, key, units: (takes.get(key)?.units ?? 0) + 1 });
  };
  for (const limit of named) count(limit, () => undefined);
  for (const use of uses) {
    if (!isIncluded(use, (name) => variableValue(name, operation, variables))) continue;
    for (const limit of use.limits) count(limit, (path) => argumentValue(use.field, path, operation, variables));
  }
  return [...takes.values()];
}
