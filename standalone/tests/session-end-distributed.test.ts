import { startDistributedGraph } from './support/distributed-graph.ts';
import { whoeverIsSignedOutHearsNothing } from './support/session-end.story.ts';

// Where REDIS_URL is set, as in CI, the news of it goes through Redis too.
whoeverIsSignedOutHearsNothing(startDistributedGraph);
