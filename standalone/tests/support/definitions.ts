import { identity } from '@supergraph/identity';
import { messaging } from '@supergraph/messaging';

/** Every subgraph of the graph. */
export const definitions = [identity, messaging];
