import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitHistory } from './git.ts';

describe('the history git keeps', () => {
  let root: string;
  let history: GitHistory;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'git-history-'));
    history = new GitHistory(root);
  });

  afterAll(() => rm(root, { recursive: true }));

  test('is empty outside of a repository', async () => {
    expect(await history.isRepository()).toBe(false);
    expect(await history.stagedFile('schema.graphql')).toBeUndefined();
  });

  test('tells committed from staged from merely written', async () => {
    const file = join(root, 'schema.graphql');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: root });
    git('init', '--quiet');
    await writeFile(file, 'first');
    git('add', '.');
    git('commit', '--quiet', '--message=first');
    await writeFile(file, 'second');
    git('add', '.');
    await writeFile(file, 'third');

    expect(await history.isRepository()).toBe(true);
    expect(await history.base()).toBe('HEAD');
    expect(await history.exists('HEAD')).toBe(true);
    expect(await history.exists('no-such-branch')).toBe(false);
    expect(await history.fileAt('HEAD', 'schema.graphql')).toBe('first');
    expect(await history.stagedFile('schema.graphql')).toBe('second');
    expect(await history.stagedFile('unknown.graphql')).toBeUndefined();
  });

  test('of a branch starts where it left main', async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root }).toString().trim();
    const first = git('rev-parse', 'HEAD');
    git('update-ref', 'refs/remotes/origin/main', first);
    git('-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '--quiet', '--message=second');
    expect(await history.base()).toBe(first);
  });
});
