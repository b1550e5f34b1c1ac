import { type AccessTokenClaims, ErrorCode, type Logger } from '@supergraph/protocol';
import { type DocumentNode, GraphQLError } from 'graphql';
import { selectOperation } from '../execution/operation-document.ts';
import { ProgramCache } from '../execution/program.cache.ts';
import type { LoadedGraph } from '../graph/live-graph.ts';
import type { RefusalLog } from '../guard/refusal.log.ts';
import type { RequestContext } from '../request-context.ts';
import { AccessRules } from './access.rules.ts';
import { CallerRights } from './caller.rights.ts';
import { OperationFilter, TooManyFields } from './operation.filter.ts';
import type { Policies } from './policies.ts';
import type { Requirement } from './requirement.ts';
import { eachSelectedField } from './selected-fields.ts';
import { refusalCode, WithheldOperation } from './withheld-operation.ts';

/** An operation, parsed and valid. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** The text of the document, or a hash of it. */
  readonly documentKey: string;
  /** How long the document is. */
  readonly characters: number;
}

export interface Decision {
  /** Which of the requirements of the operation are met. The same key means the same rights to this operation. */
  readonly key: string;
  /** What takes the place of the operation. Absent when the caller may see all of it. */
  readonly withheld?: WithheldOperation | undefined;
}

export interface AuthorizationParts {
  readonly policies: Policies;
  readonly log: RefusalLog;
  readonly logger: Logger;
  readonly errorLimit: number;
  readonly fieldLimit: number;
}

const ENTIRE: Decision = { key: '' };

/** More of them say nothing new in the log. */
const LOGGED_COORDINATES = 20;

/**
 * Decides what a caller gets to see of an operation, before it is planned.
 *
 * What depends on the document alone is worked out once, and what depends on rights once for all who have the same.
 */
export class Authorization {
  readonly #parts: AuthorizationParts;
  readonly #rules = new WeakMap<LoadedGraph['annotatedSchema'], AccessRules>();
  readonly #requirements = new ProgramCache<readonly Requirement[]>();
  readonly #withheld = new ProgramCache<WithheldOperation>();

  constructor(parts: AuthorizationParts) {
    this.#parts = parts;
  }

  /** Reads the rules of a graph, and reports those that nobody can meet. */
  read({ annotatedSchema }: LoadedGraph): AccessRules {
    let rules = this.#rules.get(annotatedSchema);
    if (rules) return rules;
    rules = new AccessRules(annotatedSchema);
    this.#rules.set(annotatedSchema, rules);
    const unknown = [...rules.policies].filter((name) => !this.#parts.policies.find(name));
    if (unknown.length > 0) {
      this.#parts.logger.error({ policies: unknown }, 'The graph names policies that are not known: nobody meets them');
    }
    return rules;
  }

  /**
   * @param claims verified; absent for somebody nobody knows
   * @param within the key of an earlier decision, beyond whose rights this one does not go
   * @throws GraphQLError when what is left of the operation would be too long
   */
  decide(graph: LoadedGraph, asked: AskedOperation, claims: AccessTokenClaims | undefined, within?: string): Decision {
    const rules = this.read(graph);
    if (rules.protectsNothing) return ENTIRE;
    // A name has no spaces, so no two operations share a key.
    const name = `${asked.operationName ?? ''} ${asked.documentKey}`;
    const requirements = this.#requirements.get(
      graph,
      name,
      () => requirementsOf(graph, rules, asked),
      asked.characters,
    );
    if (requirements.length === 0) return ENTIRE;
    const rights = new CallerRights(claims, this.#parts.policies);
    let key = '';
    for (const [index, requirement] of requirements.entries()) {
      key += within?.[index] !== '0' && rights.satisfy(requirement) ? '1' : '0';
    }
    if (!key.includes('0')) return { key };
    const unmet = new Set(requirements.filter((_, index) => key[index] === '0'));
    const withhold = () => this.#withhold(graph, rules, asked, unmet);
    return { key, withheld: this.#withheld.get(graph, `${key} ${name}`, withhold, asked.characters) };
  }

  /** Notes in the audit log that something was withheld. To be called once for an operation. */
  record({ coordinates }: WithheldOperation, operationName: string | undefined, context: RequestContext): void {
    const named = coordinates.slice(0, LOGGED_COORDINATES).join(', ');
    const more = coordinates.length - LOGGED_COORDINATES;
    const reason = `not authorized for ${named}${more > 0 ? ` and ${more} more` : ''}`;
    this.#parts.log.record({ code: refusalCode(context.claims), reason, operationName, context });
  }

  #withhold(
    graph: LoadedGraph,
    rules: AccessRules,
    { document, operationName }: AskedOperation,
    unmet: ReadonlySet<Requirement>,
  ): WithheldOperation {
    const isRefused = (type: string, field: string) => rules.of(type, field).some((each) => unmet.has(each));
    const original = selectOperation(document, operationName);
    const refused = new Map<string, Set<string>>();
    eachSelectedField(graph.apiSchema, original, (type, field) => {
      if (!isRefused(type, field)) return;
      const fields = refused.get(type) ?? new Set();
      refused.set(type, fields.add(field));
    });
    const { errorLimit, fieldLimit } = this.#parts;
    const filter = new OperationFilter(graph.apiSchema, isRefused, fieldLimit);
    try {
      const filtered = filter.apply(original);
      return new WithheldOperation({
        ...{ schema: graph.apiSchema, document, operationName, filtered, refused, errorLimit },
      });
    } catch (error) {
      if (error instanceof TooManyFields) throw tooManyFields(fieldLimit);
      throw error;
    }
  }
}

function tooManyFields(maximum: number): GraphQLError {
  return new GraphQLError('The operation asks too many types for fields that you may see of some of them only', {
    extensions: { code: ErrorCode.BAD_REQUEST, limit: 'authorizationFieldLimit', maximum },
  });
}

function requirementsOf(
  graph: LoadedGraph,
  rules: AccessRules,
  { document, operationName }: AskedOperation,
): readonly Requirement[] {
  const requirements = new Set<Requirement>();
  eachSelectedField(graph.apiSchema, selectOperation(document, operationName), (type, field) => {
    for (const requirement of rules.of(type, field)) requirements.add(requirement);
  });
  return [...requirements];
}
