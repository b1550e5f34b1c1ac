import { beforeEach, describe, expect, it } from '@jest/globals';
import { CircuitBreaker, type CircuitState, REFUSED } from './circuit-breaker.ts';

const RULES = { windowMs: 10_000, minimumCalls: 4, failureRate: 0.5, openMs: 2_000 };

describe('A circuit', () => {
  let now: number;
  let changes: CircuitState[];
  let circuit: CircuitBreaker;

  beforeEach(() => {
    now = 1_000_000;
    changes = [];
    circuit = new CircuitBreaker(
      RULES,
      (state) => changes.push(state),
      () => now,
    );
  });

  const succeed = (times: number) => {
    for (let call = 0; call < times; call += 1) circuit.succeeded(circuit.enter());
  };
  const fail = (times: number) => {
    for (let call = 0; call < times; call += 1) circuit.failed(circuit.enter());
  };
  const open = () => {
    fail(4);
    expect(circuit.state).toBe('open');
  };

  it('opens when half of the calls of the window failed', () => {
    succeed(3);
    fail(2);
    expect(circuit.state).toBe('closed');
    fail(1);
    expect(circuit.state).toBe('open');
    expect(circuit.enter()).toBe(REFUSED);
  });

  it('stays closed while too few calls were made to tell', () => {
    fail(3);
    expect(circuit.state).toBe('closed');
  });

  it('forgets what is older than the window', () => {
    fail(3);
    now += 11_000;
    fail(1);
    expect(circuit.state).toBe('closed');
    now += 5_000;
    fail(3);
    expect(circuit.state).toBe('open');
  });

  it('forgets slice by slice', () => {
    fail(2);
    for (let second = 0; second < 9; second += 1) {
      now += 1_000;
      expect(circuit.state).toBe('closed');
    }
    now += 1_000;
    fail(2);
    expect(circuit.state).toBe('closed');
  });

  it('lets one call through after a while, and refuses the others meanwhile', () => {
    open();
    now += 1_999;
    expect(circuit.enter()).toBe(REFUSED);
    now += 1;
    const probe = circuit.enter();
    expect(probe).not.toBe(REFUSED);
    expect(circuit.isRefusing).toBe(true);
    expect(circuit.enter()).toBe(REFUSED);
    expect(changes).toEqual(['open', 'half-open']);
  });

  it('closes when the probe succeeds, with a clean record', () => {
    open();
    now += 2_000;
    succeed(1);
    expect(changes).toEqual(['open', 'half-open', 'closed']);
    fail(3);
    expect(circuit.state).toBe('closed');
  });

  it('opens for as long again when the probe fails', () => {
    open();
    now += 2_000;
    fail(1);
    expect(changes).toEqual(['open', 'half-open', 'open']);
    now += 1_999;
    expect(circuit.enter()).toBe(REFUSED);
    now += 1;
    expect(circuit.enter()).not.toBe(REFUSED);
  });

  it('takes another probe when nobody waits for the first any more', () => {
    open();
    now += 2_000;
    circuit.abandoned(circuit.enter());
    expect(circuit.state).toBe('half-open');
    succeed(1);
    expect(circuit.state).toBe('closed');
  });

  it('does not listen to calls from before the last change', () => {
    const [slowSuccess, slowerSuccess, slowFailure] = [circuit.enter(), circuit.enter(), circuit.enter()];
    open();
    circuit.succeeded(slowSuccess);
    expect(circuit.state).toBe('open');
    now += 2_000;
    const probe = circuit.enter();
    circuit.succeeded(slowerSuccess);
    circuit.failed(slowFailure);
    circuit.abandoned(slowFailure);
    expect(circuit.state).toBe('half-open');
    expect(circuit.enter()).toBe(REFUSED);
    circuit.succeeded(probe);
    expect(circuit.state).toBe('closed');
  });
});
