import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { ValidDocuments } from './document.store.ts';

describe('Valid documents', () => {
  it('are kept under their key until they are dropped', async () => {
    const documents = new ValidDocuments();
    const document = parse('{ a }');
    await documents.set('key', document);
    expect(await documents.get('key')).toBe(document);
    await documents.delete('key');
    expect(await documents.get('key')).toBeUndefined();
  });

  it('take the room of their text, comments and all', async () => {
    const documents = new ValidDocuments();
    const comments = `{ a }${'#\n'.repeat(50_000)}`;
    for (let at = 0; at < 20; at += 1) await documents.set(`key ${at}`, parse(comments));
    const kept = await Promise.all(Array.from({ length: 20 }, (_, at) => documents.get(`key ${at}`)));
    expect(kept.filter(Boolean)).toHaveLength(9);
  });
});
