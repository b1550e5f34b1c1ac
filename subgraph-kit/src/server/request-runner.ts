import { randomUUID } from 'node:crypto';
import { acceptCorrelationId } from '@supergraph/protocol';
import { withRowScope } from '../database/row-scope.ts';
import type { AuthorityWatch } from '../live/authority.watch.ts';
import type { Session } from '../session/session.ts';
import type { Scope } from '../work/work.ts';
import type { CallerIdentity } from './caller.ts';

/** What a call from the gateway says about the client behind it. */
export interface CallDetails {
  readonly authorization?: string | undefined;
  readonly correlationId?: string | undefined;
  /** The trace that the call is a part of, in the form of the header. */
  readonly traceparent?: string | undefined;
  readonly clientAddress?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}

export interface RequestRunnerParts<Services, Context> {
  readonly caller: CallerIdentity;
  readonly authorities: AuthorityWatch;
  readonly openScope: (session: Session, details: CallDetails & { correlationId: string }) => Scope<Services>;
  readonly createContext: (scope: Scope<Services>) => Context;
}

/** Runs what a caller asks for: as whom, seeing whose rows, with a context of its own. */
export class RequestRunner<Services, Context> {
  constructor(private readonly parts: RequestRunnerParts<Services, Context>) {}

  /** Verifies who is calling. Throws `UNAUTHENTICATED` for a token that does not hold. */
  async identify(call: CallDetails): Promise<Scope<Services>> {
    const session = await this.parts.caller.sessionOf(call.authorization);
    const correlationId = acceptCorrelationId(call.correlationId) ?? randomUUID();
    return this.parts.openScope(session, { ...call, correlationId });
  }

  run<Result>(scope: Scope<Services>, serve: (context: Context) => Promise<Result>): Promise<Result> {
    return withRowScope(scope.session, () => serve(this.parts.createContext(scope)));
  }

  /**
   * A source whose events are produced under the same scope, because a filter may have to read rows, and only for as
   * long as whoever asked is signed in.
   */
  scoped<Event>(scope: Scope<Services>, source: AsyncIterable<Event>): AsyncIterable<Event> {
    const within = <Result>(run: () => Result): Result => withRowScope(scope.session, run);
    return this.parts.authorities.until(scope.session, {
      [Symbol.asyncIterator]: () => {
        const events = within(() => source[Symbol.asyncIterator]());
        return {
          next: () => within(() => events.next()),
          ...(events.return && { return: () => within(() => events.return!()) }),
        };
      },
    });
  }
}
