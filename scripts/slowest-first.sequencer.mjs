import TestSequencer from '@jest/test-sequencer';

const Sequencer = TestSequencer.default ?? TestSequencer;

/** Files that take long. Started last, they would keep one core busy while the other has nothing left to do. */
const SLOW = ['/standalone/tests/kill', '/subgraph-kit/tests/bus/jobs', '/standalone/tests/'];

/** Starts what takes long first. Jest knows durations only from an earlier run, and a fresh clone has had none. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one.path) - rankOf(other.path));
  }
}

function rankOf(path) {
  const rank = SLOW.findIndex((part) => path.includes(part));
  return rank < 0 ? SLOW.length : rank;
}
