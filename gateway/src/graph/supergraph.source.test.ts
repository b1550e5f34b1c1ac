import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@supergraph/protocol';
import { parse } from 'graphql';
import { Registry } from 'prom-client';
import { GatewayMetrics } from '../metrics/gateway.metrics.ts';
import { SupergraphSource } from './supergraph.source.ts';

const SUBGRAPH = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@inaccessible"])
  type Query { weather: String hidden: String @inaccessible }
`;

describe('The source of the supergraph', () => {
  const good = composeServices([{ name: 'weather', url: 'http://weather', typeDefs: parse(SUBGRAPH) }]).supergraphSdl!;
  const settings = (file: string) => ({ supergraphSdl: undefined, supergraphFile: file, reloadIntervalMs: 10 });
  const hook = (updates: string[]) => ({
    update: (sdl: string) => void updates.push(sdl),
    healthCheck: async () => {},
    getDataSource: () => {
      throw new Error('The source has no business with data sources');
    },
  });
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
    file = join(folder, 'supergraph.graphql');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('hands on no graph whose fault only shows in the part for clients: Apollo would swap half of it', async () => {
    await writeFile(file, good);
    const registry = new Registry();
    const metrics = new GatewayMetrics(registry);
    const updates: string[] = [];
    const source = new SupergraphSource(settings(file), createLogger('test', 'silent'), metrics);
    const { supergraphSdl, cleanup } = await source.initialize(hook(updates));
    expect(supergraphSdl).toBe(good);

    await writeFile(file, good.replace(/\bQuery\n/, 'Query @inaccessible\n'));
    while (!(await registry.metrics()).includes('outcome="refused"'))
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(updates).toEqual([]);

    const described = `# a remark\n${good}`;
    await writeFile(file, described);
    while (updates.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(updates).toEqual([described]);
    await cleanup!();
  });

  it('reads no file when it is given the text', async () => {
    const source = new SupergraphSource(
      { ...settings(file), supergraphSdl: good },
      createLogger('test', 'silent'),
      new GatewayMetrics(new Registry()),
    );
    expect(await source.initialize(hook([]))).toEqual({ supergraphSdl: good });
  });
});
