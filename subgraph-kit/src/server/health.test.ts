import { describe, expect, it } from '@jest/globals';
import { Health } from './health.ts';

const readiness = async (health: Health) => (await health.probe('/health/ready'))?.status;

describe('a subgraph is ready', () => {
  it('from its start until it drains, while its database answers', async () => {
    let answers = true;
    const health = new Health(async () => {
      if (!answers) throw new Error('away');
    });
    expect(await readiness(health)).toBe(503);
    health.markStarted();
    expect(await readiness(health)).toBe(200);
    answers = false;
    expect(await readiness(health)).toBe(503);
    answers = true;
    expect(await readiness(health)).toBe(200);
    health.markDraining();
    expect(await readiness(health)).toBe(503);
    expect((await health.probe('/health/live'))?.status).toBe(200);
  });

  it('not when the database hangs, which is asked by one of many probes only', async () => {
    let asked = 0;
    const health = new Health(() => {
      asked += 1;
      return new Promise(() => {});
    }, 20);
    health.markStarted();
    const probes = Array.from({ length: 50 }, () => readiness(health));
    expect(new Set(await Promise.all(probes))).toEqual(new Set([503]));
    expect(asked).toBe(1);
  });
});
