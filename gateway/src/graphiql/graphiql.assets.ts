import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { graphiqlStarter, graphiqlStyle } from './graphiql.page.ts';

const compress = promisify(gzip);
const require = createRequire(import.meta.url);

const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

interface AssetSource {
  readonly name: string;
  readonly type: string;
  readonly read: () => Promise<Buffer>;
}

/** In the order in which the page needs them. */
const SOURCES: readonly AssetSource[] = [
  { name: 'react.js', type: JAVASCRIPT, read: fromPackage('react', 'umd/react.production.min.js') },
  { name: 'react-dom.js', type: JAVASCRIPT, read: fromPackage('react-dom', 'umd/react-dom.production.min.js') },
  { name: 'graphiql.js', type: JAVASCRIPT, read: fromPackage('graphiql', 'graphiql.min.js') },
  { name: 'start.js', type: JAVASCRIPT, read: async () => Buffer.from(graphiqlStarter) },
  { name: 'graphiql.css', type: CSS, read: fromPackage('graphiql', 'graphiql.min.css') },
  { name: 'page.css', type: CSS, read: async () => Buffer.from(graphiqlStyle) },
];

export interface Asset {
  /** Named after its content, so that it can be cached for ever. */
  readonly path: string;
  readonly type: string;
  readonly content: Buffer;
  readonly compressed: Buffer;
}

/** Reads the parts of GraphiQL from the installed packages, to be served under `prefix`. */
export function loadGraphiqlAssets(prefix: string): Promise<Asset[]> {
  return Promise.all(
    SOURCES.map(async ({ name, type, read }) => {
      const content = await read();
      const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
      return { path: `${prefix}/${version}/${name}`, type, content, compressed: await compress(content) };
    }),
  );
}

function fromPackage(packageName: string, file: string): () => Promise<Buffer> {
  return () => readFile(join(dirname(require.resolve(`${packageName}/package.json`)), file));
}
