import { randomUUID } from 'node:crypto';
import type { IdentityEvents } from '@supergraph/identity/events';
import type { EventEnvelope } from '@supergraph/subgraph-kit';
import { startTestSubgraph, type TestClaims, type TestSubgraphOptions } from '@supergraph/testkit';
import type { MessagingEnvironment } from '../src/environment.ts';
import { messaging } from '../src/subgraph.ts';

export const APP_URL = 'https://app.example.com';

const ENVIRONMENT = { APP_URL, MAIL_FROM: 'team@example.com', NOTIFICATION_RETENTION_DAYS: 30 };

export type TestMessaging = Awaited<ReturnType<typeof startMessaging>>;

export interface Asked {
  readonly variables?: object;
  /** Whose token comes along; nobody's when left out. */
  readonly as?: TestClaims;
}

/** Messaging on a database of its own; events and jobs run when a test says so. */
export async function startMessaging(
  environment: Partial<MessagingEnvironment> = {},
  definition: typeof messaging = messaging,
  options: TestSubgraphOptions<MessagingEnvironment> = {},
) {
  const subgraph = await startTestSubgraph(definition, {
    ...options,
    environment: { ...ENVIRONMENT, ...environment },
  });
  const asked = ({ variables, as }: Asked) => ({
    variables: variables as Record<string, unknown> | undefined,
    ...(as && { authorization: subgraph.tokens.authorization(as) }),
  });
  return {
    ...subgraph,
    runtime: subgraph.running.runtime,
    query: async (document: string, details: Asked = {}) => {
      const { data, errors = [] } = await subgraph.client.query(document, asked(details));
      return { data: data ?? {}, errors: errors as readonly Refusal[] };
    },
    queryData: (document: string, details: Asked = {}) => subgraph.client.queryData(document, asked(details)),
  };
}

/** An error as a client sees it. */
export interface Refusal {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly fields: readonly { readonly path: string; readonly message: string }[];
  };
}

export interface Person {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
}

export function aPerson(details: Partial<Person> = {}): Person {
  const userId = details.userId ?? randomUUID();
  return { userId, email: `${userId}@example.com`, name: 'Ada', locale: 'en', timeZone: 'UTC', ...details };
}

/** Puts an event of identity on the bus, as if it had just happened or at another time. */
export async function happen<Name extends keyof IdentityEvents & string>(
  { runtime, clock }: TestMessaging,
  name: Name,
  data: IdentityEvents[Name],
  { id = randomUUID(), occurredAt = clock.now() }: { id?: string; occurredAt?: Date } = {},
): Promise<string> {
  const actor = { kind: 'system' } as const;
  const event: EventEnvelope = { id, name, version: 1, occurredAt, actor, correlationId: randomUUID(), data };
  await runtime.parts.outbox.append(runtime.openEntityManager(), [event]);
  return id;
}

/** Somebody registers, and messaging has heard of it. */
export async function registered(subgraph: TestMessaging, details: Partial<Person> = {}): Promise<Person> {
  const person = aPerson(details);
  await happen(subgraph, 'user.registered', { ...person, organizationId: randomUUID() });
  await subgraph.drainEvents();
  return person;
}

/** Somebody is a member of an organization. */
export async function joined(
  subgraph: TestMessaging,
  organizationId: string,
  { userId }: Person,
  role = 'AGENT',
): Promise<void> {
  await happen(subgraph, 'member.added', { organizationId, userId, role });
  await subgraph.drainEvents();
}

/** Runs every handler of an event once more, as after a crash before it was marked as done. */
export async function redeliver({ runtime, drainEvents }: TestMessaging, eventId: string): Promise<void> {
  const sql = `update bus.delivery set status = 'pending', finished_at = null where event_id = ?`;
  await runtime.openEntityManager().execute(sql, [eventId], 'run');
  await drainEvents();
}

/** Runs the jobs that wait for another attempt, as if their time had come. */
export async function nextAttempt(subgraph: TestMessaging): Promise<void> {
  await rows(subgraph, `update jobs_messaging.job set start_after = now() where state = 'retry' returning 1`);
  await subgraph.runJobs();
}

/** Rows as the system sees them, for what the graph does not show. */
export function rows<Row = Record<string, unknown>>(
  { runtime }: TestMessaging,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return runtime.asSystem(({ em }) => em.execute<Row[]>(sql, [...values] as never[]));
}
