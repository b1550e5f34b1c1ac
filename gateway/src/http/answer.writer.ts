import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Freshness } from './answer.head.ts';
import { codingFor, compress } from './compression.ts';
import { endWithin } from './slow-reader.ts';
import { addVary } from './vary.ts';

export interface AnswerWriterSettings {
  readonly compression: boolean;
  readonly compressionThreshold: number;
  readonly answerTimeoutMs: number;
  /** Client headers that subgraphs get, so that a public answer may depend on them. */
  readonly forwardedHeaders: readonly string[];
}

/** Writes the body of an answer, and the headers that follow from it. */
export class AnswerWriter {
  readonly #settings: AnswerWriterSettings;

  constructor(settings: AnswerWriterSettings) {
    this.#settings = settings;
  }

  /** @param freshness when the answer is the same for everybody; without it nobody may keep it */
  async write(request: IncomingMessage, response: ServerResponse, body: string, freshness?: Freshness): Promise<void> {
    if (freshness && request.method === 'GET') {
      this.#markPublic(response, freshness);
      const tag = `W/"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
      response.setHeader('etag', tag);
      if (isKnown(tag, request.headers['if-none-match'])) return this.#notModified(response);
    } else {
      response.setHeader('cache-control', 'no-store');
    }
    const { compression, compressionThreshold, answerTimeoutMs } = this.#settings;
    let content: string | Buffer = body;
    if (compression && body.length >= compressionThreshold) {
      addVary(response, 'accept-encoding');
      const coding = codingFor(request.headers['accept-encoding']);
      if (coding) {
        content = await compress(body, coding);
        if (response.destroyed) return;
        response.setHeader('content-encoding', coding);
      }
    }
    response.setHeader('content-length', Buffer.byteLength(content));
    endWithin(response, content, answerTimeoutMs);
  }

  #markPublic(response: ServerResponse, { maxAge, age }: Freshness): void {
    response.setHeader('cache-control', `public, max-age=${maxAge}`);
    response.setHeader('age', age);
    for (const header of ['accept', 'accept-language', ...this.#settings.forwardedHeaders]) addVary(response, header);
    for (const name of response.getHeaderNames()) {
      // What one caller has left is no business of those that a cache in between shows the answer to.
      if (name.startsWith('ratelimit')) response.removeHeader(name);
    }
  }

  #notModified(response: ServerResponse): void {
    response.statusCode = 304;
    response.removeHeader('content-type');
    response.end();
  }
}

function isKnown(tag: string, known: string | undefined): boolean {
  return known !== undefined && (known === '*' || known.split(',').some((each) => each.trim() === tag));
}
