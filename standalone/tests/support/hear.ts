import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';
import type { GraphClient } from './graph.client.ts';

/** Somebody who listens through the gateway, and keeps what they are told. */
export class Ear {
  readonly told: any[] = [];
  readonly errors: unknown[] = [];
  readonly #socket: Client;

  constructor(client: GraphClient, query: string, variables?: Record<string, unknown>) {
    this.#socket = createClient({
      ...{ url: client.url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 },
      connectionParams: { authorization: client.authorization },
    });
    this.#socket.subscribe(
      { query, variables },
      { next: ({ data }) => this.told.push(data), error: (error) => this.errors.push(error), complete: () => {} },
    );
  }

  /** Waits until this is told. */
  async hears(expected: object): Promise<void> {
    await eventually(() => this.told.some((data) => isLike(data, expected)));
  }

  stop(): void | Promise<void> {
    return this.#socket.dispose();
  }
}

/** One who has to hear something: listening in vain fails. */
class HearingEar extends Ear {
  override async stop(): Promise<void> {
    await super.stop();
    if (this.errors.length > 0) throw new Error(`Could not listen: ${JSON.stringify(this.errors)}`);
    if (this.told.length === 0) throw new Error('Listened in vain');
  }
}

/** Listens to what has to be told; `stop` fails when nothing was. */
export async function hear(client: GraphClient, query: string, variables?: Record<string, unknown>): Promise<Ear> {
  return settled(new HearingEar(client, query, variables));
}

/** Listens to what should not be told. */
export async function eavesdrop(client: GraphClient, query: string, variables?: Record<string, unknown>): Promise<Ear> {
  return settled(new Ear(client, query, variables));
}

/** Nothing tells when a subscription has reached its subgraph. */
async function settled(ear: Ear): Promise<Ear> {
  await pause(500);
  return ear;
}

function isLike(data: unknown, expected: object): boolean {
  try {
    expect(data).toMatchObject(expected as Record<string, unknown>);
    return true;
  } catch {
    return false;
  }
}
