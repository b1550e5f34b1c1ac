import type { EntityManager } from '@mikro-orm/postgresql';
import { applyTenant } from '../database/tenant.filter.ts';
import type { Live } from '../live/live.ts';
import type { Session } from '../session/session.ts';
import { lostRace } from '../versions/lost-race.ts';
import type { Scope, Work } from '../work/work.ts';

/** What loaders read with: a fresh identity map, and who is asking. */
export interface Reader<Services = unknown> extends Scope<Services> {
  readonly em: EntityManager;
}

/** A use-case: one thing somebody wants done, in a file of its own. */
export type UseCase<Services, Events extends object> = (
  work: Work<Services, Events>,
  // `never`, because each use-case names its own input, and functions of any input are functions of `never`.
  input: never,
) => Promise<unknown>;

export type UseCases<Services, Events extends object> = Readonly<Record<string, UseCase<Services, Events>>>;

/** The same use-cases, with the work already opened. */
export type BoundUseCases<Cases> = {
  readonly [Name in keyof Cases]: Cases[Name] extends (work: never, ...input: infer Input) => infer Result
    ? (...input: Input) => Result
    : never;
};

/** All that a resolver is handed. There is no way from here to the database but through loaders and use-cases. */
export interface GraphContext<Loaders, Cases> {
  readonly session: Session;
  /** Batches within one request or one live event; made anew after each write, so that nothing stale is answered. */
  readonly loaders: Loaders;
  readonly useCases: BoundUseCases<Cases>;
  readonly live: Live;
  readonly locale: string | undefined;
  readonly correlationId: string;
}

export interface ContextParts<Services, Events extends object, Loaders, Cases> {
  readonly loaders: (reader: Reader<Services>) => Loaders;
  readonly useCases: Cases & UseCases<Services, Events>;
  /** A fork that shares nothing with any other. */
  readonly openEntityManager: () => EntityManager;
  readonly openWork: (scope: Scope<Services>) => Work<Services, Events>;
}

export function createGraphContext<Services, Events extends object, Loaders, Cases>(
  scope: Scope<Services>,
  parts: ContextParts<Services, Events, Loaders, Cases>,
): GraphContext<Loaders, Cases> {
  let loaders: Loaders | undefined;
  const run = async (useCase: UseCase<Services, Events>, input: unknown): Promise<unknown> => {
    const work = parts.openWork(scope);
    try {
      const result = await useCase(work, input as never);
      await work.commit();
      return result;
    } catch (error) {
      throw await lostRace(work.em, error);
    } finally {
      loaders = undefined;
    }
  };
  const useCases = Object.fromEntries(
    Object.entries(parts.useCases as UseCases<Services, Events>).map(([name, useCase]) => [
      name,
      (input: unknown) => run(useCase, input),
    ]),
  ) as BoundUseCases<Cases>;
  return {
    session: scope.session,
    live: scope.live,
    locale: scope.locale,
    correlationId: scope.correlationId,
    useCases,
    get loaders() {
      loaders ??= parts.loaders({ ...scope, em: applyTenant(parts.openEntityManager(), scope.session) });
      return loaders;
    },
  };
}
