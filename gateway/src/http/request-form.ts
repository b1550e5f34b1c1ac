import type { IncomingMessage } from 'node:http';
import { ErrorCode } from '@supergraph/protocol';
import Negotiator from 'negotiator';
import { Refusal } from '../guard/refusal.ts';

export const GRAPHQL_RESPONSE = 'application/graphql-response+json';
export const PLAIN_JSON = 'application/json';

/** Anything JSON. None of these can come from a form or from a page that has not asked first. */
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i;
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** What most clients send. Looking at these few first saves the parsing. */
const ACCEPTING_PLAIN_JSON: ReadonlySet<string> = new Set(['*/*', PLAIN_JSON]);

/**
 * Refuses a request that GraphQL over HTTP has no meaning for, by its head alone: nothing of its body is read, so what
 * was compressed to be a bomb never goes off.
 */
export function refuseForm(request: IncomingMessage): void {
  const { method, headers } = request;
  if (method !== 'GET' && method !== 'POST') {
    throw refusal(405, 'The graph answers GET and POST', { allow: 'GET, POST, OPTIONS' });
  }
  if (responseType(headers.accept) === undefined) {
    throw refusal(406, `The graph answers in ${GRAPHQL_RESPONSE} and in ${PLAIN_JSON}`);
  }
  if (method === 'GET') return;
  const type = headers['content-type'] ?? '';
  if (!JSON_TYPE.test(type)) throw refusal(415, `The body of a request has to be ${PLAIN_JSON}`);
  const charset = CHARSET.exec(type)?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) throw refusal(415, 'The body of a request has to be UTF-8');
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'identity') {
    throw refusal(415, 'The body of a request may not be compressed', { 'accept-encoding': 'identity' });
  }
}

/** The media type to answer in; `undefined` when the client accepts neither. */
export function responseType(accept: string | undefined): string | undefined {
  if (accept === undefined || ACCEPTING_PLAIN_JSON.has(accept)) return PLAIN_JSON;
  return new Negotiator({ headers: { accept } }).mediaType([PLAIN_JSON, GRAPHQL_RESPONSE]);
}

/**
 * Whether the client says that it takes `application/json` and means the days when every well-formed request was answered
 * with 200, whatever came of it. Who merely takes anything gets the status that says what happened.
 */
export function expectsStatus200(accept: string | undefined): boolean {
  return (accept?.includes(PLAIN_JSON) ?? false) && responseType(accept) === PLAIN_JSON;
}

function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Refusal {
  return new Refusal(ErrorCode.BAD_REQUEST, message, { status, headers });
}
