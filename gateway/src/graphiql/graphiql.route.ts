import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Asset, loadGraphiqlAssets } from './graphiql.assets.ts';
import { graphiqlPage } from './graphiql.page.ts';

export const GRAPHIQL_PREFIX = '/graphiql';

/** Only our own scripts, and no conversation but with us. The editor sets style attributes, hence the exception. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves GraphiQL. Its parts are read when somebody first asks for it. */
export class GraphiqlRoute {
  #assets: Promise<ReadonlyMap<string, Asset>> | undefined;

  /** `path` is `/` for the page, or under {@link GRAPHIQL_PREFIX}. */
  async serve(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    this.#assets ??= loadGraphiqlAssets(GRAPHIQL_PREFIX).then(
      (list) => new Map(list.map((asset) => [asset.path, asset])),
    );
    const assets = await this.#assets;
    if (path === '/') return this.#page(response, [...assets.values()]);
    const asset = assets.get(path);
    if (!asset) {
      response.writeHead(404).end();
      return;
    }
    const acceptsGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    response.writeHead(200, {
      'content-type': asset.type,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(acceptsGzip && { 'content-encoding': 'gzip' }),
    });
    response.end(acceptsGzip ? asset.compressed : asset.content);
  }

  #page(response: ServerResponse, assets: readonly Asset[]): void {
    const ofType = (type: string): string[] =>
      assets.filter((asset) => asset.type.startsWith(type)).map(({ path }) => path);
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-cache',
    });
    response.end(graphiqlPage({ scripts: ofType('text/javascript'), styles: ofType('text/css') }));
  }
}
