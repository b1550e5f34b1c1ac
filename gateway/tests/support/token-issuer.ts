import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import jsonwebtoken, { type SignOptions } from 'jsonwebtoken';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export const USER = '0192f0c1-2d3e-7a4b-8c5d-6e7f80910a1b';

/** Issues access tokens and serves its key set, as identity does. */
export class TokenIssuer {
  /** The first one signs. */
  keys: SigningKey[] = [createKey('first')];
  requests = 0;
  #server!: Server;

  async start(): Promise<this> {
    this.#server = createServer((_, response) => {
      this.requests++;
      const keys = this.keys.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid }));
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/.well-known/jwks.json`;
  }

  /** Signs with a new key from now on; old tokens stay valid. */
  rotate(kid: string): void {
    this.keys.unshift(createKey(kid));
  }

  token(options: SignOptions = {}, claims: object = {}): string {
    const { kid, privateKey } = this.keys[0]!;
    return jsonwebtoken.sign({ sub: USER, ...claims }, privateKey, {
      ...{ algorithm: 'ES256', keyid: kid, issuer: 'supergraph-identity', audience: 'supergraph', expiresIn: 900 },
      ...options,
    });
  }
}

export function createKey(kid: string): SigningKey {
  return { kid, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
}
