import type { IncomingMessage } from 'node:http';
import { ErrorCode } from '@supergraph/protocol';
import type { SocketSettings } from './socket.settings.ts';

/** Why a request does not become a socket. */
export interface UpgradeRefusal {
  readonly status: string;
  /** Names it in metrics and in the audit log. */
  readonly label: string;
  readonly code: ErrorCode;
}

export const UpgradeRefusal = {
  notFound: { status: '404 Not Found', label: 'path', code: ErrorCode.NOT_FOUND },
  malformed: { status: '400 Bad Request', label: 'malformed', code: ErrorCode.BAD_REQUEST },
  origin: { status: '403 Forbidden', label: 'origin', code: ErrorCode.FORBIDDEN },
  address: { status: '429 Too Many Requests', label: 'address', code: ErrorCode.RATE_LIMITED },
  full: { status: '503 Service Unavailable', label: 'full', code: ErrorCode.OVERLOADED },
} as const satisfies Record<string, UpgradeRefusal>;

/** What the head of a request alone says about whether it may become a socket; `ws` checks the rest of the handshake. */
export function judgeUpgrade(request: IncomingMessage, settings: SocketSettings): UpgradeRefusal | undefined {
  if (request.url?.split('?', 1)[0] !== settings.path) return UpgradeRefusal.notFound;
  if (!isPlainUpgrade(request)) return UpgradeRefusal.malformed;
  if (!isOriginAllowed(request, settings.origins)) return UpgradeRefusal.origin;
  return undefined;
}

/**
 * HTTP/1.0 knows no upgrade, and what claims to have a body would have it taken for frames: both are signs of a proxy
 * that understands something else by this request than we do.
 */
function isPlainUpgrade({ headers, httpVersion }: IncomingMessage): boolean {
  if (httpVersion !== '1.1') return false;
  const length = headers['content-length'];
  return headers['transfer-encoding'] === undefined && (length === undefined || length === '0');
}

/**
 * Browsers let any page open a socket to anywhere and ask nobody, so the gateway has to look itself. Where no `Origin` is
 * sent there is no browser, and nothing that could be abused without its user's knowledge.
 */
export function isOriginAllowed({ headers }: IncomingMessage, allowed: readonly string[]): boolean {
  const { origin } = headers;
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  // The page came from here: GraphiQL. The scheme is left out, because TLS may end in front of us.
  return URL.canParse(origin) && new URL(origin).host === headers.host?.toLowerCase();
}
