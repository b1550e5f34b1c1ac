import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessTokenClaims, createLogger, ErrorCode } from '@supergraph/protocol';
import { Registry } from 'prom-client';
import { RefusalLog } from './refusal.log.ts';
import { Refusal } from './refusal.ts';

const person = { sub: 'ada', org: 'engines', sid: 'session' } as AccessTokenClaims;
const machine = { sub: 'ada', org: 'engines' } as AccessTokenClaims;

let lines: Record<string, unknown>[];
let registry: Registry;
let log: RefusalLog;

beforeEach(() => {
  lines = [];
  registry = new Registry();
  log = new RefusalLog(
    createLogger('gateway', 'info', { write: (line) => void lines.push(JSON.parse(line)) }),
    registry,
  );
});

afterEach(() => log.close());

const refuse = (claims?: AccessTokenClaims, address = '203.0.113.9') =>
  log.record({
    code: ErrorCode.RATE_LIMITED,
    reason: 'Too many sign-ins',
    operationName: 'SignIn',
    context: { claims, clientAddress: address, correlationId: 'abc' },
  });

describe('The log of refused requests', () => {
  it('has a line that says what, why, who and where', () => {
    refuse(person);
    expect(lines).toEqual([
      expect.objectContaining({
        audit: 'refused',
        code: 'RATE_LIMITED',
        reason: 'Too many sign-ins',
        operationName: 'SignIn',
        caller: { user: 'ada', organization: 'engines', as: 'person', address: '203.0.113.9' },
        correlationId: 'abc',
      }),
    ]);
  });

  it('tells a person from their API key, and both from a stranger at the same address', () => {
    for (const claims of [person, machine, undefined]) refuse(claims);
    expect(lines.map(({ caller }) => (caller as { as?: string }).as)).toEqual(['person', 'API key', undefined]);
  });

  it('does not grow with an attack, and counts all of it', async () => {
    for (let attempt = 0; attempt < 1_000; attempt += 1) refuse();
    log.close();
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ code: 'RATE_LIMITED', caller: { address: '203.0.113.9' }, suppressed: 999 });
    expect(await registry.metrics()).toContain('gateway_refusals_total{code="RATE_LIMITED"} 1000');
  });

  it('has no more of an operation’s name than people need, whatever a client calls it', () => {
    const refusal = new Refusal(ErrorCode.BAD_REQUEST, 'Too deep', { status: 400 });
    log.recordThrown(refusal, { clientAddress: 'a' }, 'x'.repeat(10_000));
    expect(lines[0]!.operationName).toBe('x'.repeat(100));
  });

  it('holds what was thrown once, however many hands it goes through', () => {
    const refusal = new Refusal(ErrorCode.BAD_REQUEST, 'Too deep', { status: 400 });
    log.recordThrown(refusal, { clientAddress: 'a' });
    log.recordThrown(refusal, { clientAddress: 'b' });
    expect(lines).toHaveLength(1);
  });
});
