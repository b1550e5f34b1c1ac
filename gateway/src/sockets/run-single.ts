import type { FormattedExecutionResult } from 'graphql';
import { Refusal } from '../guard/refusal.ts';
import type { RequestContext } from '../request-context.ts';
import { OperationFailure } from '../subscriptions/operation-failure.ts';
import type { OperationRun, SingleResultRequest } from './run-operation.ts';

/** Runs a query or mutation when its turn has come. Throws `OperationFailure` when it will not come any more. */
export async function runSingle(
  request: SingleResultRequest,
  context: RequestContext,
  run: OperationRun,
): Promise<FormattedExecutionResult> {
  try {
    return await run.underWay.run(() => run.overload.run(() => run.execute(request, context), run.signal));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new OperationFailure([run.formatError(error.toJSON(), context)]);
  } finally {
    context.held?.close();
  }
}
