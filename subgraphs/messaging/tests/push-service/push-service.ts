import { createDecipheriv, createECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { Agent, createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

export interface ReceivedPush {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A push service on this machine, as the makers of browsers run them: https, with a certificate of its own. */
export class PushService {
  readonly received: ReceivedPush[] = [];
  /** What it answers, by path; 201 for any other. */
  readonly answers = new Map<string, number>();
  readonly agent: Agent;
  /** How often somebody reached it at all, whatever came of that. */
  connections = 0;
  readonly #server: Server;

  private constructor(server: Server, certificate: string) {
    this.#server = server;
    this.agent = new Agent({ ca: certificate });
  }

  static async start(): Promise<PushService> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
      keyType: 'ec',
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const server = createServer({ key, cert });
    const service = new PushService(server, cert);
    server.on('connection', () => {
      service.connections += 1;
    });
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [path = ''] = (request.url ?? '').split('?');
        service.received.push({ path, headers: request.headers, body: Buffer.concat(chunks) });
        response.writeHead(service.answers.get(path) ?? 201).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get origin(): string {
    return `https://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** A browser's side of a subscription: the only one who can read what is pushed (RFC 8291). */
export class Browser {
  readonly #keys = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  readonly #publicKey = this.#keys.generateKeys();

  get p256dh(): string {
    return this.#publicKey.toString('base64url');
  }

  get auth(): string {
    return this.#auth.toString('base64url');
  }

  read(body: Buffer): string {
    const salt = body.subarray(0, 16);
    const senderKey = body.subarray(21, 21 + body[20]!);
    const cipherText = body.subarray(21 + body[20]!);
    const shared = this.#keys.computeSecret(senderKey);
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.#publicKey, senderKey]);
    const input = Buffer.from(hkdfSync('sha256', shared, this.#auth, info, 32));
    const key = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: aes128gcm\0', 16));
    const nonce = Buffer.from(hkdfSync('sha256', input, salt, 'Content-Encoding: nonce\0', 12));
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(cipherText.subarray(-16));
    const plain = Buffer.concat([decipher.update(cipherText.subarray(0, -16)), decipher.final()]);
    // The last byte but padding marks the end of the record.
    return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
  }
}

/** The claims of a VAPID header (RFC 8292), after its signature was verified with the key that it names. */
export function vapidClaims(authorization: string | undefined): { aud: string; exp: number; sub: string; key: string } {
  const parts = /^vapid t=([^.]+)\.([^.]+)\.([^,]+), ?k=(\S+)$/.exec(authorization ?? '');
  if (!parts) throw new Error(`not a VAPID header: ${authorization}`);
  const [, header, payload, signature, key] = parts as unknown as [string, string, string, string, string];
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const valid = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!valid) throw new Error('the VAPID signature does not hold');
  return { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), key };
}
