import { afterEach, expect, it } from '@jest/globals';
import { createSubgraphDatabase, type TestDatabase } from '@supergraph/testkit';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { definitions } from './definitions.ts';
import { codeOf, GraphClient } from './graph.client.ts';
import { PASSWORD } from './people.ts';
import { seededRandom } from './seeded-random.ts';
import { freePort, Service } from './service.ts';
import { unhurried } from './unhurried.ts';

const USERS = 500;
const KILLS = 20;

/** What clients are told of a graph some part of which is away. */
const PASSING = new Set<unknown>(['SUBGRAPH_UNAVAILABLE', 'SUBGRAPH_TIMEOUT', 'OVERLOADED']);

let database: TestDatabase;
let services: Service[] = [];
let stopped: AbortController;

afterEach(async () => {
  stopped.abort();
  await Promise.all(services.map((service) => service.end('SIGKILL')));
  await database.drop();
});

async function startServices(count: number): Promise<void> {
  stopped = new AbortController();
  database = await createSubgraphDatabase(definitions);
  services = [];
  for (let index = 0; index < count; index += 1) {
    const port = await freePort();
    services.push(
      new Service({
        entry: 'standalone/dist/main.js',
        port,
        environment: {
          DATABASE_URL: database.url,
          DEMO_DATA: 'false',
          SUBGRAPH_SIGNING_SECRET: 'shared by both processes of this test',
          SEALING_SECRETS: 'shared by both processes of this test',
          MAIL_REQUESTS_PER_ADDRESS: '10000',
          REGISTRATIONS_PER_ADDRESS: '10000',
          // Each retry is one more from the same address, for the same person.
          MAIL_REQUESTS_PER_ACCOUNT: '10000',
          ...unhurried(),
          RATE_LIMITS: 'Mutation.register=off',
        },
      }),
    );
  }
  await Promise.all(services.map((service) => service.start()));
}

/**
 * Registers, and goes on trying while processes die under it: exactly what a client with a retry button does.
 *
 * @throws when it is refused, which no number of attempts would change
 */
async function register(email: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const service = services[attempt % services.length]!;
    const client = new GraphClient(`http://127.0.0.1:${service.port}/graphql`);
    const result = await client
      .query('mutation ($input: RegisterInput!) { register(input: $input) { email } }', {
        input: { email, name: 'Somebody', password: PASSWORD },
      })
      // Nobody listens there, or not any more.
      .catch(() => undefined);
    if (result && !result.errors) return;
    if (result && !PASSING.has(codeOf(result))) throw new Error(`${email} was refused: ${JSON.stringify(result)}`);
    await pause(50);
  }
}

async function registerAll(emails: string[], signal: AbortSignal): Promise<void> {
  const waiting = [...emails];
  const client = async (): Promise<void> => {
    for (let email = waiting.pop(); email && !signal.aborted; email = waiting.pop()) await register(email, signal);
  };
  await Promise.all(Array.from({ length: 10 }, client));
}

/**
 * Every second one hits a process that is at work, which takes longer to start than most pauses last; the others hit it
 * whatever it is at.
 */
async function killAtRandomMoments(random: () => number): Promise<void> {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const victim = services[Math.floor(random() * services.length)]!;
    const atWork = kill % 2 === 0;
    if (atWork) await victim.whenReady();
    await pause(random() * (atWork ? 1_000 : 3_000));
    await victim.end('SIGKILL');
    victim.spawn();
  }
}

/** How many welcomes each user has, as the database knows it. */
async function welcomes(): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<{ email: string; welcomes: number }>(
      `select email, (
         select count(*)::int from messaging.notification
         where notification.user_id = user_account.id and type = 'WELCOME'
       ) as welcomes
       from identity.user_account`,
    );
    return new Map(rows.map((row) => [row.email, row.welcomes]));
  } finally {
    await client.end();
  }
}

async function untilEverybodyIsWelcome(): Promise<Map<string, number>> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const counts = await welcomes();
    const complete = [...counts.values()].every((count) => count > 0);
    if (complete || performance.now() > deadline) return counts;
    await pause(100);
  }
}

/** Tells the whole story on one database, with that many processes to kill. */
export function everybodyIsWelcomedOnce(processes: number): void {
  it(`everybody is welcomed exactly once, with ${processes} process(es) killed ${KILLS} times while ${USERS} users register`, async () => {
    const { random, seed } = seededRandom();
    try {
      await startServices(processes);
      const emails = Array.from({ length: USERS }, (_, index) => `user-${index}@example.com`);
      await Promise.all([killAtRandomMoments(random), registerAll(emails, stopped.signal)]);
      const counts = await untilEverybodyIsWelcome();
      expect(counts.size).toBe(USERS);
      expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
    } catch (error) {
      throw new Error(`Failed with SEED=${seed}`, { cause: error });
    }
  }, 420_000);
}
