import type { Work } from '../work/work.ts';
import type { EventEnvelope } from './event.ts';
import type { EventHandler } from './event-handler.ts';

/**
 * Makes a use-case the handler of one publisher's event, checked against its catalogue:
 * `eventsOf<IdentityEvents>().on('user.registered', sendWelcome)`.
 */
export function eventsOf<Heard extends object>() {
  return {
    on<Name extends keyof Heard & string, Services, Events extends object>(
      event: Name,
      useCase: (work: Work<Services, Events>, event: EventEnvelope<Name, Heard[Name] & object>) => Promise<unknown>,
    ): EventHandler<Services, Events> {
      return {
        event,
        handle: async (envelope, work) =>
          void (await useCase(work, envelope as EventEnvelope<Name, Heard[Name] & object>)),
      };
    },
  };
}
