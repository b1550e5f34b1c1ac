import type { GraphQLError } from 'graphql';
import type { ProgramRun } from '../program.ts';
import type { Tree } from './tree.ts';

/** One run of a plan. Steps write into `root` what they find out, and into `errors` what they could not. */
export interface PlanRun extends ProgramRun {
  readonly root: Tree;
  readonly errors: GraphQLError[];
  /** Decides on a part of the plan that hangs on `@skip` or `@include`. */
  readonly conditions: Readonly<Record<string, boolean>>;
}

/** A part of a plan. Never rejects: what fails is noted in the run, and the rest goes on. */
export type Step = (run: PlanRun) => Promise<void>;
