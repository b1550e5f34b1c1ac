import { whoeverIsSignedOutHearsNothing } from './support/session-end.story.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

whoeverIsSignedOutHearsNothing(async () => {
  const graph = await startTestSupergraph({ demoData: false });
  return { ...graph, databaseUrl: graph.database.url };
});
