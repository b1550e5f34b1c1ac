import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

export type Coding = 'br' | 'gzip';

const CODINGS: Coding[] = ['br', 'gzip'];

/** Quick ones: beyond them a per cent less costs twice the time. */
const BROTLI_QUALITY = 3;
const GZIP_LEVEL = 4;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** The coding to answer in; `undefined` when the client wants none that we have. */
export function codingFor(acceptEncoding: string | undefined): Coding | undefined {
  if (acceptEncoding === undefined) return undefined;
  const negotiator = new Negotiator({ headers: { 'accept-encoding': acceptEncoding } }) as unknown as {
    // The type declarations are of the release before.
    encoding(available: string[], options: { preferred: string[] }): string | undefined;
  };
  const chosen = negotiator.encoding([...CODINGS, 'identity'], { preferred: CODINGS });
  return CODINGS.find((coding) => coding === chosen);
}

/** Compresses on a thread of its own, so that a large answer holds nobody up. */
export function compress(text: string, coding: Coding): Promise<Buffer> {
  if (coding === 'gzip') return gzipped(text, { level: GZIP_LEVEL });
  return brotli(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  });
}
