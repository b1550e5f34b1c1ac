import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { createTemporaryFolder } from './temporary-folder.ts';

const made: string[] = [];
const create = async (...args: Parameters<typeof createTemporaryFolder>): Promise<string> => {
  const folder = await createTemporaryFolder(...args);
  made.push(folder);
  return dirname(folder);
};
afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

test('a temporary folder is in memory where there is plenty', async () => {
  // Any file system has a byte left, which is all that is asked for here.
  expect(await create(process.cwd(), 1)).toBe(process.cwd());
});

test('a temporary folder is among the temporary files where memory is short, is no folder, or is not ours', async () => {
  expect(await create(process.cwd(), Number.MAX_SAFE_INTEGER)).toBe(tmpdir());
  expect(await create('/no/such/folder', 1)).toBe(tmpdir());
  expect(await create('/proc', 0)).toBe(tmpdir());
});
