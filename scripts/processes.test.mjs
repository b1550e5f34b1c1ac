import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const PROCESSES = new URL('./processes.mjs', import.meta.url).href;

/** A server that tells its process id, counts its signals and takes a moment to drain. */
const SERVER = `
  let signals = 0;
  const keepAlive = setInterval(() => {}, 1000);
  const drain = (signal) => {
    signals += 1;
    console.log('got ' + signal);
    if (signals === 1) setTimeout(() => { console.log('drained after ' + signals); process.exit(3); }, 250);
  };
  process.on('SIGINT', drain).on('SIGTERM', drain);
  console.log('ready ' + process.pid);
`;

describe('a server under the launcher', () => {
  let folder;
  let launcher;
  let lines;
  let server;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'launcher-'));
    writeFileSync(join(folder, 'server.mjs'), SERVER);
    writeFileSync(
      join(folder, 'launcher.mjs'),
      `import { runServer } from ${JSON.stringify(PROCESSES)};
       process.exitCode = await runServer(process.execPath, ['server.mjs'], { cwd: import.meta.dirname });`,
    );
    launcher = spawn(process.execPath, ['launcher.mjs'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    lines = createInterface({ input: launcher.stdout })[Symbol.asyncIterator]();
    server = Number((await nextLine()).replace('ready ', ''));
  });

  afterEach(() => {
    for (const pid of [launcher.pid, server]) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const nextLine = async () => (await lines.next()).value;

  test('gets one signal when the whole group and npm send it, drains, and hands its exit code on', async () => {
    process.kill(-launcher.pid, 'SIGINT');
    process.kill(launcher.pid, 'SIGINT');
    expect(await nextLine()).toBe('got SIGINT');
    expect(await nextLine()).toBe('drained after 1');
    const [code] = await once(launcher, 'exit');
    expect(code).toBe(3);
    expect(isAlive(server)).toBe(false);
  });

  test.each(['SIGTERM', 'SIGHUP'])('drains on %s to the launcher alone', async (signal) => {
    launcher.kill(signal);
    expect(await nextLine()).toBe('got SIGTERM');
    await once(launcher, 'exit');
    expect(isAlive(server)).toBe(false);
  });

  test('does not outlive a launcher that was killed', async () => {
    launcher.kill('SIGKILL');
    expect(await nextLine()).toBe('got SIGTERM');
    expect(await nextLine()).toBe('drained after 1');
    while (isAlive(server)) await sleep(10);
  });

  test('stops when npm was told to stop, which tells only the shell between us', async () => {
    const shell = spawn('sh', ['-c', `"${process.execPath}" launcher.mjs; exit`], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'start' },
    });
    const output = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
    const below = Number((await output.next()).value.replace('ready ', ''));
    shell.kill('SIGTERM');
    expect((await output.next()).value).toBe('got SIGTERM');
    while (isAlive(below)) await sleep(10);
  });

  test('that is killed itself gives the exit code of a kill', async () => {
    process.kill(server, 'SIGKILL');
    const [code] = await once(launcher, 'exit');
    expect(code).toBe(137);
  });
});

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
