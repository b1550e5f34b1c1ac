/**
 * The deepest nesting of brackets that is taken, in JSON and in documents. People need ten levels; what parses, plans and
 * writes them calls itself for each, and ten thousand are the end of the stack.
 */
export const MAX_NESTING = 200;

export const NESTED_TOO_DEEP = `The request is nested more than ${MAX_NESTING} levels deep`;

/** Whether JSON is nested too deep to be looked at any further. */
export function isNestedTooDeep(text: string): boolean {
  return excessOf(text, Infinity) === 'nesting';
}

/**
 * What JSON has too much of to be parsed: brackets inside each other, or values. One pass over the text, without making
 * anything of it; what is in strings does not count.
 */
export function excessOf(text: string, maxValues: number): 'nesting' | 'values' | undefined {
  let depth = 0;
  let values = 0;
  // By character codes: every request comes through here, whole.
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at);
        break;
      case 0x28: // (
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        if (depth > MAX_NESTING) return 'nesting';
        break;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
        values += 1;
        if (values > maxValues) return 'values';
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}
