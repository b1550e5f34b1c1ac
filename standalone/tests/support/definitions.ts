import { commerce } from '@supergraph/commerce';
import { identity } from '@supergraph/identity';
import { messaging } from '@supergraph/messaging';
import { platform } from '@supergraph/platform';

/** Every subgraph of the graph. */
export const definitions = [identity, commerce, messaging, platform];
