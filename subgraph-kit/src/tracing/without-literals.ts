/** Strings, also with `$tag$` around them, and numbers. Identifiers in quotes and placeholders are passed over. */
const LITERALS = /"[^"]*"|\$\d+|(\$\w*\$)[\s\S]*?(?:\1|$)|'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|\b\d+(?:\.\d+)?\b/g;

/**
 * A statement with a question mark for each value that is written into it.
 *
 * The ORM writes values into what it sends. What is cut off before its end is taken for a value to the last.
 */
export function withoutLiterals(statement: string): string {
  return statement.replace(LITERALS, (found) => (/^(?:"|\$\d+$)/.test(found) ? found : '?'));
}
