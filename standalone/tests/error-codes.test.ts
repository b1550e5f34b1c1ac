import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isErrorCode } from '@supergraph/protocol';

const sources = execFileSync('git', ['ls-files', '-z', '--', '*/src/*.ts', 'subgraphs/*/src/*.ts'])
  .toString()
  .split('\0')
  .filter((file) => file !== '' && !file.endsWith('.test.ts'));

/** Where an error gets its code as plain text. */
const CODES = [
  /extensions: \{[^}]*\bcode: '([A-Z_]+)'/g,
  /respondRefusal\(\s*\w+,\s*\d+,\s*'([A-Z_]+)'/g,
  /ErrorCode\.([A-Z_]+)/g,
];

/** Codes of graphs in general that never leave the gateway: it has a word of its own for what they say. */
const INTERNAL = new Set(['INVALID_GRAPHQL']);

function codesIn(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return CODES.flatMap((pattern) => [...text.matchAll(pattern)].map(([, code]) => code!));
}

describe('The codes of errors', () => {
  it('are of the closed list wherever one is written down', () => {
    const unknown = sources.flatMap((file) =>
      codesIn(file)
        .filter((code) => !isErrorCode(code) && !INTERNAL.has(code))
        .map((code) => `${file}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });

  it('are found by this test', () => {
    expect(new Set(sources.flatMap(codesIn)).size).toBeGreaterThan(12);
  });
});
