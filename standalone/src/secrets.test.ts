import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSecrets } from './secrets.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'secrets-')), 'data');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

describe('the secrets of a data folder', () => {
  it('are made once, and stay', async () => {
    const first = await loadSecrets(folder, {});
    expect(first.signing).not.toBe(first.sealing);
    expect(await loadSecrets(folder, {})).toEqual(first);
    expect((await stat(join(folder, 'secrets.json'))).mode & 0o077).toBe(0);
  });

  it('are the same for all that start at once', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadSecrets(folder, {})));
    expect(new Set(all.map(({ sealing }) => sealing)).size).toBe(1);
    expect(await loadSecrets(folder, {})).toEqual(all[0]);
  });

  it('are never made anew because they cannot be read', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'secrets.json'), '{"signing":');
    await expect(loadSecrets(folder, {})).rejects.toThrow('secrets.json');
    await rm(join(folder, 'secrets.json'));
    // A folder in their place can be read by nobody, not even by root.
    await mkdir(join(folder, 'secrets.json'));
    await expect(loadSecrets(folder, {})).rejects.toThrow('EISDIR');
  });

  it('give way to those that are given, one by one', async () => {
    const kept = await loadSecrets(folder, {});
    expect(await loadSecrets(folder, { signing: 'given' })).toEqual({ signing: 'given', sealing: kept.sealing });
    expect(await loadSecrets('/nowhere', { signing: 'one', sealing: 'two' })).toEqual({
      signing: 'one',
      sealing: 'two',
    });
  });
});
