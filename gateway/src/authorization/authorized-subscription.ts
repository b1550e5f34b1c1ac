import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../request-context.ts';
import type { SubscriptionProgram } from '../subscriptions/subscription.program.ts';
import type { Decision } from './authorization.ts';
import type { RunResult } from './withheld-operation.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A subscription as far as its caller may see it. */
export class AuthorizedSubscription {
  readonly #decision: Decision;
  readonly #program: SubscriptionProgram;
  readonly #narrowed: (context: RequestContext, within: string) => AuthorizedSubscription;

  /** @param narrowed gives the subscription for the rights that the caller has now and had under the key as well */
  constructor(
    decision: Decision,
    program: SubscriptionProgram,
    narrowed: (context: RequestContext, within: string) => AuthorizedSubscription,
  ) {
    this.#decision = decision;
    this.#program = program;
    this.#narrowed = narrowed;
  }

  get publisher(): SubscriptionProgram['publisher'] {
    return this.#program.publisher;
  }

  /** What the caller may not see. */
  get withheld(): Decision['withheld'] {
    return this.#decision.withheld;
  }

  request(variables: Variables): ReturnType<SubscriptionProgram['request']> {
    return this.#program.request(variables);
  }

  /** Whether the publisher would see no difference between this subscription and another. */
  asksTheSameAs(other: AuthorizedSubscription): boolean {
    return this.#program.asksTheSameAs(other.#program);
  }

  /**
   * Completes an event as far as the caller may see it now. That may be less than when it was published: it may have
   * waited. It is never more, because what was not asked for then is not in the event.
   *
   * Takes the event over. Throws `OperationFailure` when nothing of it may be seen any more.
   */
  async complete(event: FormattedExecutionResult, variables: Variables, context: RequestContext): Promise<RunResult> {
    const now = this.#narrowed(context, this.#decision.key);
    const result: ExecutionResult = await now.#program.complete(event, variables, context);
    return now.withheld ? now.withheld.complete(result as RunResult, variables, context.claims) : (result as RunResult);
  }
}
