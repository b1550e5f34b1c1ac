import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CollectedSpan, TraceCollector } from '@supergraph/testkit';
import { PASSWORD, register, signIn } from './support/people.ts';
import { startTestSupergraph, type TestSupergraph } from './support/test-supergraph.ts';
import { eventually } from './support/eventually.ts';

let collector: TraceCollector;
let graph: TestSupergraph;

beforeAll(async () => {
  collector = await new TraceCollector().start();
  graph = await startTestSupergraph({
    demoData: false,
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, SUBGRAPH_TIMEOUT_MS: '20000' },
  });
}, 60_000);

afterAll(async () => {
  await graph?.stop();
  await collector.stop();
});

/** The trace that this mutation of the gateway is the beginning of, once it has all of these steps. */
async function traceOf(operationName: string, ...steps: string[]): Promise<readonly CollectedSpan[]> {
  let trace: CollectedSpan[] = [];
  await eventually(() => {
    const root = collector.spans.find(
      ({ service, attributes }) => service === 'gateway' && attributes['graphql.operation.name'] === operationName,
    );
    trace = collector.spans.filter(({ traceId }) => traceId === root?.traceId);
    return steps.every((step) => trace.some(({ name }) => name === step));
  });
  return trace;
}

/** The names of a span and of all that it is a step of, from the outermost. */
function lineage(trace: readonly CollectedSpan[], span: CollectedSpan | undefined): string[] {
  if (!span) return [];
  const parent = trace.find(({ spanId }) => spanId === span.parentSpanId);
  return [...lineage(trace, parent), `${span.service} ${span.name}`];
}

describe('One trace', () => {
  it('leads from the request through the gateway and a subgraph to its statements', async () => {
    const client = graph.client();
    await register(client, 'ada@example.com', 'Ada');
    await signIn(client, 'ada@example.com', PASSWORD);
    await client.queryData('query Whoami { me { email } }');
    const trace = await traceOf('Whoami', 'SELECT');
    const statement = trace.find(({ name }) => name === 'SELECT');
    expect(lineage(trace, statement)).toEqual(['gateway query', 'gateway POST', 'identity query', 'identity SELECT']);
    expect(statement!.attributes).toMatchObject({
      'db.system.name': 'postgresql',
      'db.namespace': 'identity',
      'db.query.text': expect.stringMatching(/^select .* where "u0"."id" in \(\?\)$/),
    });
    const ids = trace.flatMap(({ attributes }) => attributes['supergraph.correlation_id'] ?? []);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('goes on in the other subgraph that hears of it, and in the job that this asks for', async () => {
    await graph.client().queryData('mutation Join($input: RegisterInput!) { register(input: $input) { accepted } }', {
      input: { email: 'grace@example.com', name: 'Grace', password: PASSWORD },
    });
    // A welcome is mailed as well, by another handler and sooner or later than the other mail.
    for (const handler of ['email_verification.requested', 'user.registered']) {
      const mailed = ['messaging run deliver-email', `messaging handle ${handler}`];
      let lineages: string[] = [];
      const wanted = [...mailed, 'identity mutation', 'gateway POST', 'gateway mutation'].join(' < ');
      await eventually(async () => {
        const trace = await traceOf('Join', 'run deliver-email');
        const jobs = trace.filter(({ name }) => name === 'run deliver-email');
        lineages = jobs.map((job) => lineage(trace, job).toReversed().join(' < '));
        return lineages.includes(wanted);
      });
      expect(lineages).toContain(wanted);
    }
  }, 60_000);
});
