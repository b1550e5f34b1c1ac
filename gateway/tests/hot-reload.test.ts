import { mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { ask, startTestGateway } from './support/client.ts';
import { HttpSubgraph } from './support/http-subgraph.ts';
import { compose, Library } from './support/library.ts';

const INTERVAL_MS = 10;
const SEVERAL_LOOKS_MS = 15 * INTERVAL_MS;

describe('When the supergraph file changes, the gateway', () => {
  let library: Library;
  let weather: HttpSubgraph;
  let folder: string;
  let file: string;
  let gateway: RunningGateway;

  beforeEach(async () => {
    library = await new Library().start();
    weather = await new HttpSubgraph('weather', 'type Query { weather: String }', {
      Query: { weather: () => 'rain' },
    }).start();
    folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    file = join(folder, 'supergraph.graphql');
    await writeFile(file, library.supergraphSdl);
    gateway = await startTestGateway({ supergraphFile: file, reloadIntervalMs: INTERVAL_MS });
  });

  afterEach(async () => {
    await gateway.stop();
    await Promise.all([library.stop(), weather.stop(), rm(folder, { recursive: true })]);
  });

  const withWeather = () => compose([library.readers, library.books, weather]);
  const nextGraph = () => new Promise<void>((resolve) => gateway.gateway.graph.onChange(() => resolve()));
  const severalLooks = () => new Promise((resolve) => setTimeout(resolve, SEVERAL_LOOKS_MS));

  it('serves the new graph without a restart', async () => {
    expect((await ask(gateway, '{ weather }')).status).toBe(400);
    const changed = nextGraph();
    await writeFile(file, withWeather());
    await changed;
    expect((await ask(gateway, '{ weather topBook { title } }')).data).toEqual({
      weather: 'rain',
      topBook: { title: 'Persuasion' },
    });
    expect(gateway.gateway.graph.current.revision).toBe(2);
  });

  it('notices a file that was put in its place by renaming', async () => {
    const changed = nextGraph();
    await writeFile(`${file}.new`, withWeather());
    await rename(`${file}.new`, file);
    await changed;
    expect((await ask(gateway, '{ weather }')).data).toEqual({ weather: 'rain' });
  });

  it.each([
    ['is cut off in the middle', (sdl: string) => sdl.slice(0, sdl.length / 2)],
    ['is empty', () => ''],
    ['is a schema but no supergraph', () => 'type Query { weather: String }'],
    ['names a type that is not there', (sdl: string) => sdl.replace('weather: String', 'weather: Wether')],
    ['leaves a subgraph without an address', (sdl: string) => sdl.replace(/url: "http[^"]*"/, 'url: ""')],
  ])('keeps the old graph when the new one %s, and takes the next good one', async (_, broken) => {
    await writeFile(file, broken(withWeather()));
    await severalLooks();
    expect(gateway.gateway.graph.current.revision).toBe(1);
    expect((await ask(gateway, '{ topBook { title } }')).data).toEqual({ topBook: { title: 'Persuasion' } });
    const metrics = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
    expect(metrics).toContain('gateway_graph_loads_total{outcome="refused"} 1');
    const changed = nextGraph();
    await writeFile(file, withWeather());
    await changed;
    expect((await ask(gateway, '{ weather }')).data).toEqual({ weather: 'rain' });
  });

  it('goes on while the file is away', async () => {
    await unlink(file);
    await severalLooks();
    expect((await ask(gateway, '{ topBook { title } }')).status).toBe(200);
  });

  it('follows a subgraph to another address', async () => {
    const elsewhere = await new Library().start();
    const changed = nextGraph();
    await writeFile(file, compose([library.readers, elsewhere.books]));
    await changed;
    expect((await ask(gateway, '{ topBook { title } }')).data).toEqual({ topBook: { title: 'Persuasion' } });
    expect(elsewhere.books.calls).toHaveLength(1);
    await elsewhere.stop();
  });

  it('fails no request that is under way', async () => {
    let failed = 0;
    let running = true;
    const asking = (async () => {
      while (running) if ((await ask(gateway, '{ readers { favourites { title } } }')).errors) failed++;
    })();
    for (const sdl of [withWeather(), library.supergraphSdl, withWeather()]) {
      const changed = nextGraph();
      await writeFile(file, sdl);
      await changed;
    }
    running = false;
    await asking;
    expect(failed).toBe(0);
    expect(gateway.gateway.graph.current.revision).toBe(4);
  });

  it('does not start with a broken one', async () => {
    await writeFile(file, 'type Query {');
    await expect(startTestGateway({ supergraphFile: file })).rejects.toThrow('Syntax Error');
    await expect(startTestGateway({ supergraphFile: join(folder, 'missing') })).rejects.toThrow(
      'The supergraph cannot be read',
    );
  });
});
