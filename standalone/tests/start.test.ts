import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphClient } from './support/graph.client.ts';
import { newcomer, signIn } from './support/people.ts';
import { freePort, inherited } from './support/service.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supergraph start '));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** `node standalone/dist/main.js`, as `npm start` runs it, with nothing around it but a folder. */
async function start() {
  const port = await freePort();
  const child = spawn(process.execPath, ['standalone/dist/main.js'], {
    cwd: root,
    env: { ...inherited(), PORT: String(port), DATA_FOLDER: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Demo logins') && output.endsWith('\n\n')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`It ended before it was ready:\n${output}`)));
  });
  await ready;
  const stop = async (): Promise<number | null> => {
    const gone = once(child, 'exit');
    child.kill('SIGINT');
    return ((await gone) as [number | null])[0];
  };
  return { url: `http://localhost:${port}/graphql`, port, output, stop };
}

/** Processes that have our data folder in their command line: the database's, if it was left behind. */
async function leftBehind(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return commands.filter((command) => command.includes(folder));
}

describe('with nothing but a folder', () => {
  it('npm start says where and as whom to sign in, keeps its data, and leaves no process', async () => {
    const first = await start();
    expect(first.output).toContain('Supergraph is ready');
    expect(first.output).toContain(`:${first.port}/graphql`);
    // Nobody had anything to warn of.
    expect(first.output).not.toContain('"level"');
    const [, email, password] = /^ {4}(\S+@\S+) +(\S+) /m.exec(first.output)!;
    const demo = new GraphClient(first.url);
    await signIn(demo, email!, password!);
    expect((await demo.queryData('{ me { email organizations { name } } }')).me.email).toBe(email);
    await newcomer(first.url, 'kept@example.com', 'Kept');
    expect(await first.stop()).toBe(0);
    expect(await leftBehind()).toEqual([]);

    const second = await start();
    const kept = new GraphClient(second.url);
    await signIn(kept, 'kept@example.com', 'correct horse battery staple');
    expect((await kept.queryData('{ me { name } }')).me.name).toBe('Kept');
    const page = await (await fetch(new URL('/', second.url), { headers: { accept: 'text/html' } })).text();
    expect(page).toContain('<html');
    expect(await second.stop()).toBe(0);
    expect(await leftBehind()).toEqual([]);
  }, 120_000);
});
