import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningGateway } from '../src/start-gateway.ts';
import { startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

describe('GraphiQL', () => {
  let library: Library;
  let gateway: RunningGateway;
  let root: string;

  beforeAll(async () => {
    library = await new Library().start();
    gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl });
    root = `http://127.0.0.1:${gateway.port}`;
  });

  afterAll(async () => {
    await gateway.stop();
    await library.stop();
  });

  const addresses = (html: string) => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);

  it('comes from the gateway alone', async () => {
    const page = await fetch(`${root}/`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const parts = addresses(await page.text()).filter((address) => !address.startsWith('data:'));
    expect(parts).toHaveLength(6);
    for (const part of parts) {
      expect(part).toMatch(/^\/graphiql\/[0-9a-f]{12}\/[a-z-]+\.(js|css)$/);
      const asset = await fetch(root + part);
      expect(asset.status).toBe(200);
      expect(asset.headers.get('cache-control')).toContain('immutable');
      expect((await asset.text()).length).toBeGreaterThan(0);
    }
  });

  it('loads nothing from elsewhere in its styles', async () => {
    const html = await (await fetch(`${root}/`)).text();
    for (const style of addresses(html).filter((address) => address.endsWith('.css'))) {
      const css = await (await fetch(root + style)).text();
      expect(css).not.toMatch(/@import|url\(["']?(?!data:)/);
    }
  });

  it('may run no script that is not ours, and talk to nobody else', async () => {
    const policy = (await fetch(`${root}/`)).headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('is where a browser ends up that is pointed at the endpoint', async () => {
    const answer = await fetch(`${root}/graphql`, { headers: { accept: 'text/html,*/*' }, redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/']);
  });

  it('serves no other file', async () => {
    expect((await fetch(`${root}/graphiql/../../package.json`)).status).toBe(404);
    expect((await fetch(`${root}/graphiql/000000000000/graphiql.js`)).status).toBe(404);
  });

  it('can be switched off', async () => {
    const without = await startTestGateway({ supergraphSdl: library.supergraphSdl, graphiql: false });
    expect((await fetch(`http://127.0.0.1:${without.port}/`)).status).toBe(404);
    await without.stop();
  });
});
