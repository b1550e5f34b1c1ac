import { ErrorCode } from '@supergraph/protocol';
import { ProgramCache } from '../execution/program.cache.ts';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { Admission, GuardedOperation } from '../guard/operation.guard.ts';
import { Refusal } from '../guard/refusal.ts';
import type { RequestContext } from '../request-context.ts';
import { compileCost } from './compile-cost.ts';
import type { CostBudget } from './cost.budget.ts';
import { costDirectiveNames } from './cost.directives.ts';
import type { CostSettings } from './cost.settings.ts';
import { type CostTerm, valueOf } from './cost.term.ts';
import { PriceList } from './price.list.ts';

/** A client that sends `x-include-cost: true` is told what its operation costs. */
const TELL_COST_HEADER = 'x-include-cost';

/**
 * Refuses an operation that costs more than any may, or than its caller has left.
 *
 * What can be known of a cost from the document is found out once for each document; for a request there is a look at the
 * cache left to do, and the arithmetic of the lists whose length is in a variable.
 */
export class CostAdmission implements Admission {
  readonly #settings: CostSettings;
  readonly #budget: CostBudget | undefined;
  readonly #costs = new ProgramCache<CostTerm>();
  /** Only of those who have asked. */
  readonly #told = new WeakMap<RequestContext, number>();
  #prices: { readonly graph: LoadedGraph; readonly list: PriceList } | undefined;

  constructor(settings: CostSettings, budget?: CostBudget) {
    this.#settings = settings;
    this.#budget = budget;
  }

  admit(operation: GuardedOperation): void | Promise<void> {
    const { context, variables } = operation;
    const cost = valueOf(this.#term(operation), variables);
    if (context.headers[TELL_COST_HEADER] === 'true') this.#told.set(context, cost);
    // All operations of a batch share one count.
    const together = context.spent.cost + cost;
    const { maxCost: maximum } = this.#settings;
    if (together > maximum) {
      const message = `The request costs ${together}, and no more than ${maximum} is allowed`;
      throw new Refusal(ErrorCode.COST_LIMIT_EXCEEDED, message, {
        status: 400,
        extensions: { cost: together, maximum },
      });
    }
    context.spent.cost = together;
    return this.#budget?.spend(context, cost);
  }

  /** What the operation of this context costs; `undefined` when its client has not asked. */
  toldTo(context: RequestContext): number | undefined {
    return this.#told.get(context);
  }

  #term({ graph, document, documentKey, operation, operationName = '' }: GuardedOperation): CostTerm {
    return this.#costs.get(
      graph,
      `${documentKey} ${operationName}`,
      () => compileCost(this.#pricesOf(graph), { document, operation }, this.#settings.assumedListSize),
      document.loc?.source.body.length ?? documentKey.length,
    );
  }

  #pricesOf(graph: LoadedGraph): PriceList {
    if (this.#prices?.graph !== graph) {
      this.#prices = { graph, list: new PriceList(graph.annotatedSchema, costDirectiveNames(graph)) };
    }
    return this.#prices.list;
  }
}
