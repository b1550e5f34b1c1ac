const MOST_LINES = 20;

/** Above this many pairs of lines a diff would take more memory than its reader has patience. */
const MOST_PAIRS = 4_000_000;

/** The lines that differ between two texts, `-` before and `+` after, cut to what fits a terminal. */
export function lineDiff(before: string, after: string): string {
  const lines = changedLines(before.split('\n'), after.split('\n'));
  const rest = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`… and ${rest} more lines`] : [])].join('\n');
}

function changedLines(before: string[], after: string[]): string[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let [oldEnd, newEnd] = [before.length, after.length];
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    [oldEnd, newEnd] = [oldEnd - 1, newEnd - 1];
  }
  return diffOf(before.slice(start, oldEnd), after.slice(start, newEnd));
}

function diffOf(before: string[], after: string[]): string[] {
  const removed = (line: string | undefined) => `- ${line}`;
  const added = (line: string | undefined) => `+ ${line}`;
  if (before.length * after.length > MOST_PAIRS) return [...before.map(removed), ...after.map(added)];
  const shared = sharedLengths(before, after);
  const changed: string[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      [i, j] = [i + 1, j + 1];
    } else if (j === after.length || (i < before.length && shared[i + 1]![j]! >= shared[i]![j + 1]!)) {
      changed.push(removed(before[i++]));
    } else {
      changed.push(added(after[j++]));
    }
  }
  return changed;
}

/** At `[i][j]`: how many lines `before` from i and `after` from j have in common, in order. */
function sharedLengths(before: string[], after: string[]): Uint32Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        before[i] === after[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  return lengths;
}
