import type { IncomingMessage } from 'node:http';
import { ErrorCode } from '@supergraph/protocol';
import { Refusal } from '../guard/refusal.ts';
import type { CorsPolicy } from './cors.ts';

/** Headers that no page can have a browser send to another origin unless a preflight has allowed it. */
const PREFLIGHTED = ['apollo-require-preflight', 'x-apollo-operation-name', 'authorization'] as const;

const PREFLIGHTED_TYPE = /^application\/json\b/i;

/**
 * Refuses what a page of a foreign origin could have had a browser send without anybody's leave.
 *
 * Nothing that changes anything can come that way: a POST has to be JSON, for which a browser asks first. What is left is
 * a GET, whose answer the page cannot read; but it could learn from the time it takes, or make the visitor's address ask
 * for something. Browsers tell where a request comes from, and are believed: they do not let pages write that header.
 * Some do not tell (old ones, and all of them over plain HTTP), and then a cookie or an `Origin` gives a browser away.
 */
export function refuseForgery(request: IncomingMessage, cors: CorsPolicy): void {
  const { 'sec-fetch-site': site, origin, cookie } = request.headers;
  if (origin !== undefined && cors.allows(origin)) return;
  if (site === 'cross-site' || site === 'same-site') throw forgery();
  // From our own page, or typed by somebody.
  if (site !== undefined || request.method !== 'GET') return;
  if (isPreflighted(request)) return;
  if (origin !== undefined || cookie !== undefined) throw forgery();
}

function isPreflighted({ headers }: IncomingMessage): boolean {
  return PREFLIGHTED.some((name) => headers[name]) || PREFLIGHTED_TYPE.test(headers['content-type'] ?? '');
}

function forgery(): Refusal {
  const message =
    'This may have been sent by a page of another origin without anybody asking for it. Send it as a POST with ' +
    "'content-type: application/json', from an origin that is allowed to";
  return new Refusal(ErrorCode.FORBIDDEN, message, { status: 403 });
}
