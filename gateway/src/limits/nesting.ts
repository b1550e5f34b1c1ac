/**
 * The deepest nesting of brackets that is taken, in JSON and in documents. People need ten levels; what parses, plans and
 * writes them calls itself for each, and ten thousand are the end of the stack.
 */
export const MAX_NESTING = 200;

export const NESTED_TOO_DEEP = `The request is nested more than ${MAX_NESTING} levels deep`;

/**
 * Whether JSON or a GraphQL document is nested too deep to be looked at any further. One pass over the text, without
 * parsing it: brackets in strings do not count, those in comments do.
 */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0;
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
        if (depth > MAX_NESTING) return true;
        break;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
    }
  }
  return false;
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
