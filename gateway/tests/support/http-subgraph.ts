import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { graphql, type GraphQLSchema, parse } from 'graphql';

export interface RecordedCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a subgraph does with a call instead of answering it. */
export type Misbehaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** Takes the call and never answers, like a stopped process. */
export const hang: Misbehaviour = () => {};

/** Closes the connection without a word, like a process that dies. */
export const drop: Misbehaviour = (request) => request.socket.destroy();

const LINK_TO_KEY = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])';

/** A real subgraph over HTTP that records its calls and can be told to misbehave. */
export class HttpSubgraph {
  readonly calls: RecordedCall[] = [];
  /** Taken one per call; when there is none, it behaves. */
  readonly misbehaviours: Misbehaviour[] = [];
  /** When set, taken for every call. */
  always: Misbehaviour | undefined;
  /** Added to each answer's time. */
  delayMs = 0;
  readonly name: string;
  readonly sdl: string;
  readonly #schema: GraphQLSchema;
  #server!: Server;
  #port = 0;

  /** `sdl` may say itself which directives it links to; otherwise it has `@key`. */
  constructor(name: string, sdl: string, resolvers: GraphQLResolverMap<any>) {
    this.name = name;
    this.sdl = sdl.includes('@link(') ? sdl : `${LINK_TO_KEY}\n${sdl}`;
    this.#schema = buildSubgraphSchema({ typeDefs: parse(this.sdl), resolvers });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  /** Starts, or starts again on the port it had. */
  async start(): Promise<this> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.calls.push({ headers: request.headers, body });
    const misbehaviour = this.always ?? this.misbehaviours.shift();
    if (misbehaviour) return misbehaviour(request, response);
    const { query, variables } = JSON.parse(body);
    // Resolvers get the headers of the call for their context.
    const contextValue = request.headers;
    const result = await graphql({ schema: this.#schema, source: query, variableValues: variables, contextValue });
    if (this.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, this.delayMs));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
  }
}
