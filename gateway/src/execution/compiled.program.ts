import type { PlanNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { OperationDocument } from './operation-document.ts';
import { compilePlan } from './plan/compile-plan.ts';
import type { PlanRun, Step } from './plan/plan-run.ts';
import type { Program, ProgramResult, ProgramRun } from './program.ts';
import { Conditions } from './shape/conditions.ts';
import { ShapeVariants } from './shape/shape.variants.ts';
import { Shaping } from './shape/shaping.ts';

/** Runs a plan as it was compiled: fetches merge what they find into one tree, of which the answer is then shaped. */
export class CompiledProgram implements Program {
  readonly #plan: Step;
  readonly #conditions: Conditions;
  readonly #shapes: ShapeVariants;

  constructor(graph: LoadedGraph, document: OperationDocument, plan: PlanNode | undefined) {
    this.#plan = compilePlan(graph, plan);
    this.#conditions = new Conditions(document);
    this.#shapes = new ShapeVariants(graph.apiSchema, document);
  }

  async run(run: ProgramRun): Promise<ProgramResult> {
    let conditions: Record<string, boolean>;
    try {
      conditions = this.#conditions.values(run.variables);
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
    const planRun: PlanRun = { ...run, conditions, root: {}, errors: [] };
    await this.#plan(planRun);
    const shaping = new Shaping();
    const data = (this.#shapes.for(conditions)(planRun.root, shaping) ?? null) as ProgramResult['data'] & {};
    // Where a subgraph failed, the nulls that follow from it need no errors of their own.
    const errors = planRun.errors.length > 0 ? planRun.errors : shaping.errors;
    return errors.length > 0 ? { data, errors } : { data };
  }
}
