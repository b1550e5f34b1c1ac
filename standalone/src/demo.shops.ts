import { seedDemo } from '@supergraph/commerce/demo';
import { findDemoPeople } from '@supergraph/identity/seed';
import type { Logger } from '@supergraph/protocol';

export interface DemoRuntimes {
  readonly identity: Parameters<typeof findDemoPeople>[0];
  readonly commerce: Parameters<typeof seedDemo>[0];
}

/** Shops of the demo's people, unless one of those is gone. That a demo cannot be made is no reason not to run. */
export async function seedDemoShops({ identity, commerce }: DemoRuntimes, log: Logger): Promise<void> {
  try {
    const people = await findDemoPeople(identity);
    const [owner, vendor, agent, customer] = ['owner', 'vendor', 'agent', 'customer'].map((name) =>
      people.get(`${name}@example.com`),
    );
    if (owner && vendor && agent && customer) await seedDemo(commerce, { owner, vendor, agent, customer });
  } catch (error) {
    log.warn({ err: error }, 'the shops of the demo could not be made');
  }
}
