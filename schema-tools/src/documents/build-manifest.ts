import { createHash } from 'node:crypto';
import { type DocumentNode, Kind, print, type SelectionSetNode, visit } from 'graphql';
import type { ClientOperation } from './client-operations.ts';

/** Apollo's format, which the gateway reads and client tools know. */
export interface PersistedQueryManifest {
  readonly format: 'apollo-persisted-query-manifest';
  readonly version: 1;
  readonly operations: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly body: string;
  }[];
}

/**
 * The manifest of operations, sorted by name, each under the SHA-256 of its document.
 *
 * @param typenames adds `__typename` to each object below the root, as clients with a normalised cache do themselves
 */
export function buildManifest(operations: readonly ClientOperation[], typenames: boolean): PersistedQueryManifest {
  const listed = operations.map(({ name, type, document }) => {
    const body = print(typenames ? withTypenames(document) : document);
    return { id: createHash('sha256').update(body).digest('hex'), name, type, body };
  });
  listed.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { format: 'apollo-persisted-query-manifest', version: 1, operations: listed };
}

function withTypenames(document: DocumentNode): DocumentNode {
  return visit(document, {
    SelectionSet: {
      leave(node, _key, parent): SelectionSetNode | undefined {
        const isRoot = (parent as { kind?: string } | undefined)?.kind === Kind.OPERATION_DEFINITION;
        const hasIt = node.selections.some((each) => each.kind === Kind.FIELD && each.name.value === '__typename');
        if (isRoot || hasIt) return undefined;
        const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
        return { ...node, selections: [...node.selections, typename] };
      },
    },
  });
}
