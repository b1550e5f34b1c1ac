import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';

export interface HttpCall {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body, as the JSON it is. */
  json(): any;
}

/** One HTTP request with exactly these headers: `fetch` adds its own and keeps browsers' ones to itself. */
export function call(url: string, { method = 'GET', headers = {}, body }: HttpCall = {}): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const json = () => JSON.parse(bytes.toString());
        resolve({ status: incoming.statusCode!, headers: incoming.headers, body: bytes, json });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
