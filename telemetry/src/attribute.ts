/**
 * Names of attributes, by OpenTelemetry's semantic conventions. Written down here because their package is as large as
 * the rest of us, and is not to be loaded where nothing is traced; a test compares the two.
 */
export const Attribute = {
  ERROR_TYPE: 'error.type',
  GRAPHQL_OPERATION_NAME: 'graphql.operation.name',
  GRAPHQL_OPERATION_TYPE: 'graphql.operation.type',
  HTTP_REQUEST_METHOD: 'http.request.method',
  HTTP_RESPONSE_STATUS_CODE: 'http.response.status_code',
  HTTP_ROUTE: 'http.route',
  DB_SYSTEM_NAME: 'db.system.name',
  DB_NAMESPACE: 'db.namespace',
  DB_OPERATION_NAME: 'db.operation.name',
  DB_QUERY_TEXT: 'db.query.text',
  MESSAGING_SYSTEM: 'messaging.system',
  MESSAGING_DESTINATION_NAME: 'messaging.destination.name',
  MESSAGING_MESSAGE_ID: 'messaging.message.id',
} as const;

/** Ours: ties a trace to the lines of the log. */
export const CORRELATION_ATTRIBUTE = 'supergraph.correlation_id';
/** Ours: the subgraph that was called. */
export const SUBGRAPH_ATTRIBUTE = 'supergraph.subgraph';
