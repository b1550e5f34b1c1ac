import { type Clock, SIGNATURE_HEADER, signCall } from '@supergraph/protocol';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Message, MessageType, parseMessage, stringifyMessage } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { UpstreamSettings } from './upstream.settings.ts';

export interface UpstreamConnectionEvents {
  acknowledged(): void;
  message(message: Message, bytes: number): void;
  /** Called once, whatever went wrong; the connection is of no use any more. */
  lost(reason: string): void;
}

/**
 * One attempt at a socket to a subgraph: upgrade, handshake, keep-alive, end.
 *
 * It is never revived. Each attempt makes a new one and with it a new signature, because a signature is only good for
 * 30 seconds.
 */
export class UpstreamConnection {
  readonly #socket: WebSocket;
  readonly #events: UpstreamConnectionEvents;
  readonly #connectTimer: NodeJS.Timeout;
  #keepAliveTimer: NodeJS.Timeout | undefined;
  #alive = true;
  #over = false;

  constructor(url: string, settings: UpstreamSettings, clock: Clock, events: UpstreamConnectionEvents) {
    this.#events = events;
    const socketOptions = {
      headers: upgradeHeaders(settings.signingSecret, clock),
      maxPayload: settings.maxFrameBytes,
      // Not in the type declarations yet; without it a peer that does not answer is kept for 30 seconds.
      closeTimeout: settings.connectTimeoutMs,
      perMessageDeflate: false,
    };
    this.#socket = new WebSocket(webSocketUrl(url), GRAPHQL_TRANSPORT_WS_PROTOCOL, socketOptions);
    this.#connectTimer = setTimeout(() => this.#fail('no acknowledgement in time'), settings.connectTimeoutMs);
    this.#socket.on('open', () => this.#opened(settings.keepAliveMs));
    this.#socket.on('message', (frame) => this.#received(frame as Buffer));
    this.#socket.on('pong', () => (this.#alive = true));
    this.#socket.on('error', (error) => this.#fail(error.message));
    this.#socket.on('close', (code, reason) => this.#fail(`closed with ${code} ${reason.toString()}`.trim()));
  }

  send(message: Message): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(stringifyMessage(message));
  }

  /** Ends the connection without reporting it as lost. */
  close(): void {
    this.#end();
    this.#socket.close(1000);
  }

  #opened(keepAliveMs: number): void {
    this.send({ type: MessageType.ConnectionInit });
    this.#keepAliveTimer = setInterval(() => {
      if (!this.#alive) return this.#fail('ping was not answered');
      this.#alive = false;
      this.#socket.ping();
    }, keepAliveMs);
  }

  #received(frame: Buffer): void {
    if (this.#over) return;
    let message: Message;
    try {
      message = parseMessage(frame.toString());
    } catch {
      return this.#fail('sent a message that is not of the protocol');
    }
    if (message.type === MessageType.ConnectionAck) {
      clearTimeout(this.#connectTimer);
      this.#events.acknowledged();
    } else if (message.type === MessageType.Ping) {
      this.send({ type: MessageType.Pong });
    } else if (message.type !== MessageType.Pong) {
      this.#events.message(message, frame.length);
    }
  }

  #fail(reason: string): void {
    if (this.#over) return;
    this.#end();
    this.#socket.terminate();
    this.#events.lost(reason);
  }

  #end(): void {
    this.#over = true;
    clearTimeout(this.#connectTimer);
    clearInterval(this.#keepAliveTimer);
  }
}

function webSocketUrl(routingUrl: string): string {
  return routingUrl.replace(/^http/i, 'ws');
}

function upgradeHeaders(secret: string | undefined, clock: Clock): Record<string, string> {
  return secret ? { [SIGNATURE_HEADER]: signCall(secret, { method: 'GET', body: '' }, clock.now().getTime()) } : {};
}
