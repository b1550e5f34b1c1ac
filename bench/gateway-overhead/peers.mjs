import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const ownGateway = here('../../gateway/dist/main.js');

/** Whose throughput is 1. */
export const BASELINE = 'apollo';

/**
 * The gateways that are compared. `deduplicates`: it can share in-flight calls, and obeys when told not to.
 *
 * `start` says how to run one as a process of its own; everything it needs to know comes in `settings`.
 */
export const peers = {
  supergraph: {
    title: 'Supergraph gateway',
    deduplicates: true,
    missing: () => (existsSync(ownGateway) ? undefined : 'not built: run `npm run build` first'),
    start: ({ port, supergraphFile, deduplicate }) => ({
      script: ownGateway,
      environment: {
        SUPERGRAPH_FILE: supergraphFile,
        PORT: String(port),
        DEDUPLICATE: String(deduplicate),
        LOG_LEVEL: 'warn',
        // The load comes from one address; the limit is counted all the same.
        REQUESTS_PER_ADDRESS: String(1e9),
        COST_PER_MINUTE: String(1e12),
        // Likewise: the lists of this graph, which every gateway gets as it is, do not declare how long they are.
        MAX_COST: String(1e9),
      },
    }),
  },
  apollo: {
    title: '@apollo/gateway + @apollo/server',
    deduplicates: false,
    start: (settings) => ({ script: here('peers/stock-apollo.mjs'), args: [JSON.stringify(settings)] }),
  },
  hive: {
    title: '@graphql-hive/gateway',
    deduplicates: true,
    start: (settings) => ({ script: here('peers/hive.mjs'), args: [JSON.stringify({ ...settings, planner: 'js' })] }),
  },
  'hive-rust': {
    title: '@graphql-hive/gateway, Rust planner',
    deduplicates: true,
    start: (settings) => ({ script: here('peers/hive.mjs'), args: [JSON.stringify({ ...settings, planner: 'rust' })] }),
  },
  mercurius: {
    title: 'mercurius + @mercuriusjs/gateway',
    deduplicates: false,
    start: (settings) => ({ script: here('peers/mercurius/main.mjs'), args: [JSON.stringify(settings)] }),
  },
};
