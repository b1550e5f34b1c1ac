import { beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { Registry } from 'prom-client';
import { type GatewaySettingsInput, gatewaySettings } from '../settings.ts';
import { Overload } from './overload.ts';

describe('An overloaded gateway', () => {
  let now: number;
  let heapUsed: number;
  let overload: Overload;
  const ends: (() => void)[] = [];

  beforeEach(() => {
    [now, heapUsed] = [0, 0];
    make({});
  });

  function make(settings: GatewaySettingsInput): void {
    const vitals = { heapUsed: () => heapUsed, heapLimit: 1_000, now: () => now };
    overload = new Overload(gatewaySettings.parse(settings), new Registry(), createLogger('test', 'silent'), vitals);
    overload.stop();
  }

  const look = (late = 0) => {
    now += 100 + late;
    overload.look();
  };
  /** An operation that goes on until `ends` is called. */
  const begin = () => overload.run(() => new Promise<void>((resolve) => void ends.push(resolve)));
  const isRefused = async () => {
    const outcome = await overload.run(async () => 'done').catch((error: unknown) => error);
    if (outcome !== 'done') {
      expect(outcome).toMatchObject({ code: 'OVERLOADED', status: 503, extensions: { retryAfter: 1 } });
    }
    return outcome !== 'done';
  };

  it('refuses operations while the heap is nearly full, until it is clearly less so', async () => {
    void begin();
    const refusedAt = async (used: number) => {
      heapUsed = used;
      look();
      return isRefused();
    };
    expect(await refusedAt(849)).toBe(false);
    expect(await refusedAt(850)).toBe(true);
    expect(await refusedAt(800)).toBe(true);
    expect(await refusedAt(700)).toBe(false);
    expect(await refusedAt(800)).toBe(false);
  });

  it('goes on with one at a time, so that garbage is collected and its state can change', async () => {
    heapUsed = 900;
    look();
    expect(await isRefused()).toBe(false);
    const only = begin();
    expect(await isRefused()).toBe(true);
    ends.pop()!();
    await only;
    expect(await isRefused()).toBe(false);
  });

  it('refuses operations when the event loop is late again and again, not for one pause', async () => {
    void begin();
    look(5_000);
    look();
    look(600);
    look(600);
    expect(await isRefused()).toBe(false);
    look(600);
    expect(overload.isShedding).toBe(true);
    expect(await isRefused()).toBe(true);
    look();
    expect(await isRefused()).toBe(false);
  });

  it('refuses operations at once when too much is held, without waiting for a look', async () => {
    void begin();
    const account = overload.held.open();
    expect(account.take(74)).toBe(true);
    expect(await isRefused()).toBe(false);
    expect(account.take(1)).toBe(true);
    expect(await isRefused()).toBe(true);
    account.close();
    expect(await isRefused()).toBe(false);
  });

  it('has no room beyond the limit for what has begun either', () => {
    const [one, other] = [overload.held.open(), overload.held.open()];
    expect([one.take(80), other.take(20), other.take(1)]).toEqual([true, true, false]);
    one.replaceBy(10);
    expect([other.take(70), other.take(1)]).toEqual([true, false]);
    one.close();
    other.close();
    // Whatever still comes in for an operation that is over is nobody's.
    expect(one.take(1_000)).toBe(true);
    expect(overload.held.total).toBe(0);
  });

  it('has so many under way, lets so many wait for so long, and refuses the others at once', async () => {
    make({ maxOperations: 1, operationQueue: 1, operationWaitMs: 20 });
    const only = begin();
    const waiting = isRefused();
    expect(await isRefused()).toBe(true);
    expect(overload.waiting).toBe(1);
    expect(await waiting).toBe(true);
    const next = isRefused();
    ends.pop()!();
    await only;
    expect(await next).toBe(false);
    expect([overload.operations, overload.waiting]).toEqual([0, 0]);
  });
});
