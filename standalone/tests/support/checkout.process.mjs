// One replica of commerce that ends by SIGKILL right before it commits for the n-th time from when it is told to count. As
// the built programs have it, because the sources cannot be run as they are.
import { commerce } from '@supergraph/commerce';
import { commerceEnvironment } from '@supergraph/commerce/environment';
import { parseEnvironment, startSubgraph } from '@supergraph/subgraph-kit';

const { variables, now } = JSON.parse(process.argv[2]);
let left = Infinity;

const running = await startSubgraph(commerce, parseEnvironment(commerceEnvironment, variables), {
  // The test's own, which stands still.
  clock: { now: () => new Date(now) },
  background: false,
  onSql: (statement) => {
    if (!/^commit/i.test(statement)) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});

process.on('message', ({ commits }) => {
  left = commits;
  process.send({ counting: true });
});
process.send({ url: running.url });
