import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { SIGNATURE_HEADER, verifyCall } from '@supergraph/protocol';
import { graphql, parse } from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

export interface SubgraphOptions {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: GraphQLResolverMap<unknown>;
  /** When set, a socket is only accepted with a valid signature. */
  readonly signingSecret?: string;
}

/** A real subgraph: HTTP and `graphql-transport-ws` on one port, and a record of what it was asked. */
export class Subgraph {
  readonly name: string;
  readonly sdl: string;
  /** The subscriptions it was asked for, as they came. */
  readonly subscribed: SubscribePayload[] = [];
  /** The `Authorization` headers of its HTTP calls. */
  readonly authorizations: (string | undefined)[] = [];
  /** The signatures of the sockets that were opened. */
  readonly signatures: (string | undefined)[] = [];
  readonly #options: SubgraphOptions;
  #server!: Server;
  #sockets!: WebSocketServer;
  #port = 0;

  constructor(options: SubgraphOptions) {
    this.#options = options;
    this.name = options.name;
    this.sdl = options.sdl;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  get openSockets(): number {
    return this.#sockets.clients.size;
  }

  /** Starts, or starts again on the port it had. */
  async start(): Promise<this> {
    const schema = buildSubgraphSchema({ typeDefs: parse(this.sdl), resolvers: this.#options.resolvers });
    this.#sockets = new WebSocketServer({ noServer: true });
    useServer({ schema, onSubscribe: (_, __, payload) => void this.subscribed.push(payload) }, this.#sockets);
    this.#server = createServer(async (request, response) => {
      this.authorizations.push(request.headers.authorization);
      const { query, variables } = JSON.parse(await bodyOf(request));
      const result = await graphql({ schema, source: query, variableValues: variables });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    });
    this.#server.on('upgrade', (request, stream, head) => {
      const signature = request.headers[SIGNATURE_HEADER] as string | undefined;
      if (!this.#accepts(signature)) return stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      this.signatures.push(signature);
      this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#sockets.emit('connection', socket, request));
    });
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** Stops as a killed process would: without a word on its sockets. */
  async kill(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Goes on without answering anybody who is connected now, as a process that hangs. */
  freeze(): void {
    for (const socket of this.#sockets.clients) socket.pause();
  }

  /** The same subgraph, where it is, with a part of its schema replaced. */
  with(part: string, replacement: string): Pick<Subgraph, 'name' | 'url' | 'sdl'> {
    return { name: this.name, url: this.url, sdl: this.sdl.replace(part, replacement) };
  }

  #accepts(signature: string | undefined): boolean {
    const secret = this.#options.signingSecret;
    return !secret || verifyCall(secret, { method: 'GET', body: '' }, signature, Date.now()) === 'valid';
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
