import { describe, expect, it } from '@jest/globals';
import { parseManifest } from './document.manifest.ts';

const apollo = (operations: unknown) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

describe('A manifest of trusted documents', () => {
  it('may be one of Apollo’s', () => {
    const operations = [
      { id: 'a1', name: 'Top', type: 'query', body: 'query Top { topBook { id } }' },
      { id: 'b2', name: 'Lend', type: 'mutation', body: 'mutation Lend { lend }', clientName: 'web' },
    ];
    expect([...parseManifest(apollo(operations))]).toEqual([
      ['a1', 'query Top { topBook { id } }'],
      ['b2', 'mutation Lend { lend }'],
    ]);
  });

  it('may be an object of documents by id, as code generators write it', () => {
    expect(parseManifest('{"sha1-a": "{ a }", "sha1-b": "{ b }"}').get('sha1-b')).toBe('{ b }');
    expect(parseManifest('{}').size).toBe(0);
  });

  it('may say the same twice, but not two things under one id', () => {
    expect(
      parseManifest(
        apollo([
          { id: 'a', body: '{ a }' },
          { id: 'a', body: '{ a }' },
        ]),
      ).size,
    ).toBe(1);
    const twice = apollo([
      { id: 'a', body: '{ a }' },
      { id: 'a', body: '{ b }' },
    ]);
    expect(() => parseManifest(twice)).toThrow('Two documents have the id a');
  });

  it.each([
    ['no JSON', '{"a":'],
    ['no object', '["{ a }"]'],
    ['of another version', JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 2, operations: [] })],
    ['of an unknown format', JSON.stringify({ format: 'something', version: 1, operations: [] })],
    ['without documents', apollo([{ id: 'a' }])],
    ['with empty documents', '{"a": ""}'],
    ['of something else than documents', '{"a": {"text": "{ a }"}}'],
  ])('is refused when it is %s', (_, text) => {
    expect(() => parseManifest(text)).toThrow(/./);
  });
});
