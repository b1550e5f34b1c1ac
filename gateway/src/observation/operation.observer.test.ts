import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, type LogLevel } from '@supergraph/protocol';
import { SILENT_TRACER } from '@supergraph/telemetry';
import { OperationTypeNode } from 'graphql';
import { Registry } from 'prom-client';
import { OperationMetrics } from '../metrics/operation.metrics.ts';
import { OperationNames } from '../metrics/operation.names.ts';
import { OperationObserver } from './operation.observer.ts';
import type { OperationRecord } from './operation.record.ts';

let lines: Record<string, unknown>[];
let registry: Registry;

beforeEach(() => {
  lines = [];
  registry = new Registry();
});

function watching(slowMs: number, level: LogLevel = 'info'): OperationObserver {
  return new OperationObserver({
    tracer: SILENT_TRACER,
    metrics: new OperationMetrics(registry, new OperationNames(10, ['Feed'])),
    logger: createLogger('gateway', level, { write: (line) => void lines.push(JSON.parse(line)) }),
    slowMs,
  });
}

/** An operation that asked one subgraph. */
function feed(observer: OperationObserver): OperationRecord {
  const record = observer.begin('abc', undefined);
  record.name = 'Feed';
  record.type = OperationTypeNode.QUERY;
  record.calls.push({ subgraph: 'books', milliseconds: 12.3 });
  return record;
}

describe('An operation', () => {
  it('that was slow is told of, with what it waited for', () => {
    const observer = watching(0);
    observer.ended(feed(observer), 200);
    expect(lines).toEqual([
      expect.objectContaining({
        correlationId: 'abc',
        operationName: 'Feed',
        type: 'query',
        durationMs: expect.any(Number),
        subgraphs: [{ subgraph: 'books', durationMs: 12 }],
        msg: 'An operation was slow',
      }),
    ]);
  });

  it('that is slow every time is not told of every time', () => {
    const observer = watching(0);
    for (let count = 0; count < 100; count += 1) observer.ended(feed(observer), 200);
    observer.close();
    expect(lines.map(({ suppressed }) => suppressed)).toEqual([undefined, 99]);
  });

  it('that was not has a line at debug, and none at info', () => {
    const quiet = watching(60_000);
    quiet.ended(feed(quiet), 200);
    expect(lines).toEqual([]);
    registry = new Registry();
    const talkative = watching(60_000, 'debug');
    talkative.ended(feed(talkative), 200);
    expect(lines).toEqual([expect.objectContaining({ operationName: 'Feed', status: 200 })]);
  });

  it('is counted once, by its name and type, and its errors apart', async () => {
    const observer = watching(60_000);
    const good = feed(observer);
    observer.ended(good, 200);
    observer.ended(good, 200);
    observer.ended(Object.assign(feed(observer), { errors: 2 }), 200);
    observer.ended(observer.begin('abc', undefined), 400);
    const text = await registry.metrics();
    expect(text).toContain('gateway_operation_duration_seconds_count{operation="Feed",type="query"} 2');
    expect(text).toContain('gateway_operation_errors_total{operation="Feed",type="query"} 1');
    expect(text).toContain('gateway_operation_duration_seconds_count{operation="invalid",type="unknown"} 1');
  });
});
