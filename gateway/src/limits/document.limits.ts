import { type DocumentNode, GraphQLError, parse, type ParseOptions } from 'graphql';
import { LRUCache } from 'lru-cache';
import { Refusal } from '../guard/refusal.ts';
import { AnswerPlaces } from './answer.places.ts';
import { isDocumentNestedTooDeep } from './document.nesting.ts';
import { DocumentSize } from './document.size.ts';
import { limitExceeded, nestedTooDeep } from './limit.exceeded.ts';
import type { Limits } from './limit.settings.ts';
import { MAX_NESTING } from './nesting.ts';

/** What a document that keeps to the limits takes of those that hold for a whole request. */
export interface DocumentWeight {
  readonly rootFields: number;
  readonly selections: number;
}

const WEIGHTLESS: DocumentWeight = { rootFields: 0, selections: 0 };

/** In characters, of all documents together. Each also counts for what is kept beside its text. */
const MAX_KEPT = 2_000_000;
const KEPT_BESIDE = 200;

/** A client reads the first few; having a hundred found and sent is what an attack is after. */
export const MAX_VALIDATION_ERRORS = 20;

/** How documents are parsed wherever they are: no more of one is read than the limits allow. */
export function parseOptions({ maxTokens, maxDocumentLength }: Limits): ParseOptions {
  // Comments are no tokens, yet each takes as much memory as one.
  return { maxTokens, maxComments: maxTokens, maxSourceLength: maxDocumentLength };
}

/**
 * The limits of a document's form, found out before anything else looks at it: what validation, planning or execution
 * would take for ever on is refused here, in a time that depends on how long the document is and on nothing else.
 *
 * What was found out of a document is kept, so that one that comes again takes a look at the cache.
 */
export class DocumentLimits {
  readonly #limits: Limits;
  readonly #found = new LRUCache<string, DocumentWeight | Refusal>({
    maxSize: MAX_KEPT,
    sizeCalculation: (_, source) => source.length + KEPT_BESIDE,
  });

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Throws {@link Refusal}. A document that does not parse weighs nothing: the parser will say so to the client. */
  inspect(source: string): DocumentWeight {
    const { maxDocumentLength } = this.#limits;
    if (source.length > maxDocumentLength) throw limitExceeded('documentLength', maxDocumentLength, 'characters');
    let found = this.#found.get(source);
    if (!found) this.#found.set(source, (found = this.#judge(source)));
    if (found instanceof Refusal) throw again(found);
    return found;
  }

  /** The same for documents that came in one request, which together take no more than one of them might. */
  inspectBatch(sources: readonly string[]): void {
    const { maxRootFields, maxSelections } = this.#limits;
    this.countBatch(sources.length);
    let { rootFields, selections } = WEIGHTLESS;
    for (const source of sources) {
      const weight = this.inspect(source);
      rootFields += weight.rootFields;
      selections += weight.selections;
    }
    if (rootFields > maxRootFields) throw limitExceeded('rootFields', maxRootFields, 'root fields');
    if (selections > maxSelections) throw limitExceeded('selections', maxSelections, 'selections');
  }

  /** Whether so many may come in one request. Throws {@link Refusal}. */
  countBatch(operations: number): void {
    const { maxBatch } = this.#limits;
    if (operations > maxBatch) throw limitExceeded('batch', maxBatch, 'operations');
  }

  #judge(source: string): DocumentWeight | Refusal {
    try {
      // Each error has a line and a column, for which all lines before it are counted.
      const { maxTokens } = this.#limits;
      if (hasMoreLinesThan(maxTokens, source)) return limitExceeded('lines', maxTokens, 'lines');
      if (isDocumentNestedTooDeep(source, MAX_NESTING)) return nestedTooDeep();
      const document = this.#parse(source);
      if (!document) return WEIGHTLESS;
      const size = new DocumentSize(document, this.#limits);
      const rootFields = new AnswerPlaces(size, this.#limits).layOut();
      return { rootFields, selections: size.selections };
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  #parse(source: string): DocumentNode | undefined {
    try {
      return parse(source, { ...parseOptions(this.#limits), noLocation: true });
    } catch (error) {
      if (error instanceof GraphQLError) return undefined;
      throw error;
    }
  }
}

function hasMoreLinesThan(maximum: number, source: string): boolean {
  let lines = 1;
  for (let at = 0; at < source.length; at += 1) {
    const code = source.charCodeAt(at);
    if ((code === 0x0a || code === 0x0d) && ++lines > maximum) return true;
  }
  return false;
}

/** Each is recorded once, so each request gets its own. */
function again({ code, message, status, extensions: { code: _, http, ...extensions } }: Refusal): Refusal {
  return new Refusal(code, message, { status, extensions });
}
