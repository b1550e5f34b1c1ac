import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TraceCollector } from '@supergraph/testkit';
import { openTracer, type TracerOptions } from './open-tracer.ts';
import { SILENT_SPAN, SILENT_TRACER } from './silent.tracer.ts';
import type { Tracer } from './span.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

let collector: TraceCollector;
let tracer: Tracer | undefined;
let losses: (string | undefined)[];

beforeEach(async () => {
  collector = await new TraceCollector().start();
  losses = [];
});

afterEach(async () => {
  await tracer?.close();
  await collector.stop();
});

async function open(options: Partial<TracerOptions> & { ratio?: number; endpoint?: string } = {}): Promise<Tracer> {
  const { ratio = 1, endpoint = collector.url, ...others } = options;
  const lost = (reason: Error | undefined): void => void losses.push(reason?.message);
  tracer = await openTracer({ endpoint, ratio }, { service: 'test', isPublic: false, lost, ...others });
  return tracer;
}

describe('A trace', () => {
  it('is not there where nobody wants it', async () => {
    const silent = await openTracer(undefined, { service: 'test', isPublic: false, lost: () => {} });
    expect(silent).toBe(SILENT_TRACER);
    expect(silent.within(silent.start('a', 'server', undefined), () => silent.current)).toBe(SILENT_SPAN);
  });

  it('goes on where the caller’s left off, and goes out with all its steps at the end', async () => {
    const opened = await open();
    const call = opened.start('call', 'server', `00-${TRACE}-${CALLER}-01`, { 'http.route': '/graphql' });
    const step = call.child('step', 'client');
    step.fail('E42');
    step.end();
    call.end();
    expect(step.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    await opened.close();
    const [inner, outer] = collector.spans;
    expect(outer).toMatchObject({ service: 'test', name: 'call', traceId: TRACE, parentSpanId: CALLER });
    expect(outer!.attributes).toEqual({ 'http.route': '/graphql' });
    expect(inner).toMatchObject({ name: 'step', parentSpanId: outer!.spanId, hasFailed: true });
    expect(inner!.attributes).toEqual({ 'error.type': 'E42' });
  });

  it('is known to whatever is awaited within it', async () => {
    const opened = await open();
    const span = opened.start('call', 'server', undefined);
    const seen = await opened.within(span, async () => {
      await pause(1);
      return opened.current;
    });
    expect(seen).toBe(span);
    expect(opened.current).toBe(SILENT_SPAN);
  });

  it.each([
    ['nothing', ''],
    ['nonsense', '00-0-0-01'],
    ['an id of zeros', `00-${'0'.repeat(32)}-${CALLER}-01`],
    ['far too much', 'a'.repeat(100_000)],
  ])('begins anew when the caller says %s', async (_, traceparent) => {
    const span = (await open()).start('call', 'server', traceparent);
    expect(span.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(span.traceparent).not.toContain('0'.repeat(32));
  });

  it('tells the next process when it is not to be recorded', async () => {
    const opened = await open();
    const span = opened.start('call', 'server', `00-${TRACE}-${CALLER}-00`);
    expect(span.child('step', 'client').traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
    const none = (await open({ ratio: 0 })).start('call', 'server', undefined);
    expect(none.traceparent).toMatch(/-00$/);
  });

  it('is recorded because a caller wants it, unless the caller is a stranger', async () => {
    const wanted = `00-${'0'.repeat(31)}1-${CALLER}-01`;
    const sampled = async (isPublic: boolean) =>
      (await open({ ratio: 0, isPublic })).start('call', 'server', wanted).traceparent!.endsWith('-01');
    expect(await sampled(false)).toBe(true);
    expect(await sampled(true)).toBe(false);
  });

  it('that cannot be delivered is lost, which is said once, and disturbs nobody', async () => {
    const { url } = collector;
    await collector.stop();
    const opened = await open({ endpoint: url });
    for (let count = 0; count < 10_000; count += 1) opened.start('call', 'server', undefined).end();
    await opened.close();
    collector = await new TraceCollector().start();
    expect(losses).toHaveLength(1);
  });

  it('is told of when it arrives again', async () => {
    const opened = await open();
    const finish = async (): Promise<void> => {
      const before = losses.length;
      opened.start('call', 'server', undefined).end();
      while (losses.length === before) await pause(5);
    };
    collector.refuseWith = 400;
    await finish();
    collector.refuseWith = undefined;
    await finish();
    expect(losses).toEqual([expect.any(String), undefined]);
    expect(collector.spans).toHaveLength(1);
  });
});
