/** An operation took longer than it may. What it has done so far is done. */
export class OperationTimeout extends Error {
  override readonly name = 'OperationTimeout';
}

/**
 * Waits for an answer, at most for its time. Then `abandon` is called, so that work stops where it can, and the promise
 * rejects with {@link OperationTimeout}; what the work still comes to is of no interest.
 */
export function withinTime<T>(work: Promise<T>, timeoutMs: number, abandon: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new OperationTimeout(`not answered in ${timeoutMs} ms`));
      abandon();
    }, timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
