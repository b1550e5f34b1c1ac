import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

const { port, supergraphFile, planner, deduplicate } = JSON.parse(process.argv[2]);
const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraphFile, 'utf8'),
  logging: false,
  // Outbound de-duplication is on unless it is switched off; inbound is off unless it is switched on.
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: deduplicate } } },
  inboundInflightRequestDeduplication: deduplicate,
  ...(planner === 'rust' ? { unifiedGraphHandler } : {}),
});
createServer(gateway).listen(port, '127.0.0.1');
