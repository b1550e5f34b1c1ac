import { ErrorCode } from '@supergraph/protocol';
import { FloodGate } from '../guard/flood.gate.ts';
import type { RefusalLog } from '../guard/refusal.log.ts';
import { Refusal } from '../guard/refusal.ts';
import type { RequestContext } from '../request-context.ts';
import type { AutomaticDocuments } from './automatic.documents.ts';
import type { TRUSTED_DOCUMENT_MODES } from './document.settings.ts';
import { sha256 } from './sha256.ts';
import type { TrustedDocuments } from './trusted.documents.ts';

/** What of a request says which document it is about, as it came. */
export interface DocumentRequest {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

export interface DocumentSources {
  readonly mode: (typeof TRUSTED_DOCUMENT_MODES)[number];
  /** Absent when the mode is `off`. */
  readonly trusted?: TrustedDocuments | undefined;
  /** Absent when clients may not have documents remembered. */
  readonly automatic?: AutomaticDocuments | undefined;
  readonly refusals: RefusalLog;
}

const SHA256_PREFIX = 'sha256:';

/**
 * Finds the document that a request is about, which it may send or merely name: by `documentId`, as GraphQL over HTTP has
 * it, or by the hash of Apollo's persisted queries. Where only trusted documents are run, it refuses all others.
 */
export class DocumentResolver {
  readonly #sources: DocumentSources;
  readonly #untrusted = new FloodGate<RequestContext>(({ logger }, suppressed) =>
    logger.info({ suppressed }, 'More documents that are not in the manifest were run'),
  );

  constructor(sources: DocumentSources) {
    this.#sources = sources;
  }

  /** The document. `undefined` when the request neither has nor names one. Throws {@link Refusal}, recorded. */
  resolve(request: DocumentRequest, context: RequestContext): string | undefined {
    try {
      return this.#find(request, context);
    } catch (error) {
      // A hash that is not known yet is how the protocol begins, and no offence.
      if (error instanceof Refusal && error.code !== ErrorCode.PERSISTED_QUERY_NOT_FOUND) {
        this.#sources.refusals.recordThrown(error, context);
      }
      throw error;
    }
  }

  close(): void {
    this.#untrusted.close();
  }

  #find(request: DocumentRequest, context: RequestContext): string | undefined {
    // An empty one is how a socket says that there is none: its protocol demands a string.
    const sent = typeof request.query === 'string' && request.query !== '' ? request.query : undefined;
    if (request.documentId !== undefined && request.documentId !== null) {
      if (sent !== undefined) throw badRequest('A request has either a document or the id of one');
      return this.#withId(request.documentId);
    }
    const hash = persistedQueryHash(request.extensions);
    if (sent === undefined) return hash === undefined ? undefined : this.#withHash(hash);
    if (hash !== undefined && hash !== sha256(sent)) throw badRequest('provided sha does not match query');
    if (this.#sources.mode !== 'off') this.#judge(sent, context);
    if (hash !== undefined && this.#sources.automatic) (context.offeredDocuments ??= new Map()).set(hash, sent);
    return sent;
  }

  #withId(id: unknown): string {
    if (typeof id !== 'string') throw badRequest('`documentId` has to be a string');
    const { trusted, automatic } = this.#sources;
    const hash = id.startsWith(SHA256_PREFIX) ? id.slice(SHA256_PREFIX.length) : undefined;
    const document =
      trusted?.withId(id) ??
      (hash === undefined ? undefined : (trusted?.withId(hash) ?? trusted?.withHash(hash) ?? automatic?.get(hash)));
    if (document !== undefined) return document;
    throw new Refusal(ErrorCode.PERSISTED_QUERY_NOT_FOUND, 'There is no document of this id', { status: 404 });
  }

  #withHash(hash: string): string {
    const { trusted, automatic } = this.#sources;
    const document = trusted?.withId(hash) ?? trusted?.withHash(hash) ?? automatic?.get(hash);
    if (document !== undefined) return document;
    // These words and this status are the protocol: clients then send the document, or stop sending hashes.
    if (!trusted && !automatic) throw new Refusal(ErrorCode.BAD_REQUEST, 'PersistedQueryNotSupported', { status: 200 });
    throw new Refusal(ErrorCode.PERSISTED_QUERY_NOT_FOUND, 'PersistedQueryNotFound', { status: 200 });
  }

  #judge(document: string, context: RequestContext): void {
    const { mode, trusted } = this.#sources;
    const hash = sha256(document);
    if (trusted?.withHash(hash) !== undefined) return;
    if (mode === 'only') throw new Refusal(ErrorCode.FORBIDDEN, 'Only listed documents are run', { status: 403 });
    if (this.#untrusted.passes(hash, context)) {
      context.logger.info({ documentHash: hash }, 'A document that is not in the manifest was run');
    }
  }
}

function persistedQueryHash(extensions: unknown): string | undefined {
  const named = (extensions as { persistedQuery?: unknown } | null | undefined)?.persistedQuery;
  if (named === undefined || named === null) return undefined;
  const { version, sha256Hash } = named as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1) throw badRequest('Unsupported persisted query version');
  if (typeof sha256Hash !== 'string') throw badRequest('`sha256Hash` has to be a string');
  return sha256Hash;
}

function badRequest(message: string): Refusal {
  return new Refusal(ErrorCode.BAD_REQUEST, message, { status: 400 });
}
