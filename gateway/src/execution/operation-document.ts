import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

/** One operation of a document, with the fragments it may use. */
export interface OperationDocument {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** Throws when the document does not have the operation; a validated request cannot get here with one. */
export function selectOperation(document: DocumentNode, operationName: string | undefined): OperationDocument {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('The document does not have the operation it was validated for');
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  return { operation, fragments };
}
