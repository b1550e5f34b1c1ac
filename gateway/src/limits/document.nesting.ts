import { Lexer, Source, TokenKind } from 'graphql';

/**
 * The deepest nesting of brackets in a document that can be read without the end of the stack in sight: parsers call
 * themselves for each.
 *
 * Counts what the lexer sees, so no bracket hides behind a quote in a comment or in a block of text. Stops without a word
 * at what is no token, which is where parsing stops too.
 */
export function isDocumentNestedTooDeep(source: string, maxNesting: number): boolean {
  const lexer = new Lexer(new Source(source));
  let depth = 0;
  try {
    for (;;) {
      switch (lexer.advance().kind) {
        case TokenKind.BRACE_L:
        case TokenKind.BRACKET_L:
        case TokenKind.PAREN_L:
          depth += 1;
          if (depth > maxNesting) return true;
          break;
        case TokenKind.BRACE_R:
        case TokenKind.BRACKET_R:
        case TokenKind.PAREN_R:
          depth -= 1;
          break;
        case TokenKind.EOF:
          return false;
      }
    }
  } catch {
    return false;
  }
}
