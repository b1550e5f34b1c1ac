/** Where progress is told: a terminal, whose line is written over, or a log, which gets a line now and then. */
export interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const WIDTH = 30;

/** Nobody reads a log as it grows; a line for every part of ten is enough. */
const LOGGED_PARTS = 10;

/** Tells how far something is. @param now the time in milliseconds */
export function progressLine(stream: Stream, now: () => number = () => performance.now()) {
  const startedAt = now();
  let last = '';
  return (stage: string, done: number, all: number): void => {
    const part = all === 0 ? 1 : done / all;
    const seconds = `${((now() - startedAt) / 1_000).toFixed(0)} s`;
    const count = `${done.toLocaleString('en')} of ${all.toLocaleString('en')}`;
    if (stream.isTTY) {
      const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░');
      stream.write(`\r\u001b[K${stage.padEnd(10)} ${bar} ${count}, ${seconds}${part === 1 ? '\n' : ''}`);
      return;
    }
    const step = `${stage} ${Math.floor(part * LOGGED_PARTS)}`;
    if (step === last) return;
    last = step;
    stream.write(`${stage}: ${count}, ${seconds}\n`);
  };
}
