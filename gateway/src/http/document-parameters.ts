import { ErrorCode } from '@supergraph/protocol';
import type { DocumentRequest } from '../documents/document.resolver.ts';
import { Refusal } from '../guard/refusal.ts';

const ONE_OF_EACH = ['query', 'documentId', 'extensions'] as const;

/** A request's parameters where they came: in the body of a POST, or in the query of a GET's address. */
export interface RequestParameters {
  /** Absent for a GET. */
  readonly body?: unknown;
  /** With its question mark; empty when there is none. */
  readonly search: string;
}

export type ResolveDocument = (request: DocumentRequest) => string | undefined;

/**
 * Puts the document itself into a request, or into each request of a batch, where it was only named. What is not a
 * request is left as it is: what is wrong with it is for Apollo Server to say.
 */
export function withDocuments({ body, search }: RequestParameters, resolve: ResolveDocument): RequestParameters {
  if (body === undefined) return { search: withDocumentInSearch(search, resolve) };
  return { body: Array.isArray(body) ? body.map((one) => inBody(one, resolve)) : inBody(body, resolve), search };
}

/** What a request has of documents: a list for a batch. Whatever else is wrong with it is for Apollo Server to say. */
export function documentsOf({ body, search }: RequestParameters): string | readonly string[] {
  if (body === undefined) return new URLSearchParams(search).get('query') ?? '';
  return Array.isArray(body) ? body.map(documentIn) : documentIn(body);
}

function documentIn(request: unknown): string {
  const query = (request as { query?: unknown } | null)?.query;
  return typeof query === 'string' ? query : '';
}

function inBody(request: unknown, resolve: ResolveDocument): unknown {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) return request;
  const document = resolve(request);
  // Nearly always it is there already, and a copy of the request would be for nothing.
  if (document === undefined || !('documentId' in request || 'extensions' in request)) return request;
  const { documentId: _, extensions, ...others } = request as Record<string, unknown>;
  return { ...others, query: document, ...withoutPersistedQuery(extensions) };
}

function withDocumentInSearch(search: string, resolve: ResolveDocument): string {
  const parameters = new URLSearchParams(search);
  for (const name of ONE_OF_EACH) {
    // Or one of them could be looked at here and another one be executed.
    if (parameters.getAll(name).length > 1) throw givenTwice(name);
  }
  const extensions = parsed(parameters.get('extensions'));
  const document = resolve({
    query: parameters.get('query') ?? undefined,
    documentId: parameters.get('documentId') ?? undefined,
    extensions,
  });
  if (document === undefined || !(parameters.has('documentId') || parameters.has('extensions'))) return search;
  parameters.delete('documentId');
  parameters.set('query', document);
  const kept = withoutPersistedQuery(extensions);
  if (extensions !== undefined && kept.extensions === undefined) parameters.delete('extensions');
  return `?${parameters.toString()}`;
}

/** Apollo Server would look for the hash among documents of its own. */
function withoutPersistedQuery(extensions: unknown): { extensions?: unknown } {
  if (extensions === undefined) return {};
  if (typeof extensions !== 'object' || extensions === null) return { extensions };
  const { persistedQuery, ...others } = extensions as Record<string, unknown>;
  return persistedQuery === undefined || Object.keys(others).length > 0 ? { extensions: others } : {};
}

function givenTwice(name: string): Refusal {
  return new Refusal(ErrorCode.BAD_REQUEST, `The parameter '${name}' may be given only once`, { status: 400 });
}

function parsed(json: string | null): unknown {
  if (json === null) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
