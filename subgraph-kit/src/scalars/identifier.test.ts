import { expect, test } from '@jest/globals';
import { isIdentifier, parseId } from './identifier.ts';

const ID = '0192f3c1-7b1e-7c3a-9d2f-1a2b3c4d5e6f';

test('an id comes back as the database writes it', () => {
  expect(parseId('Order', ID)).toBe(ID);
  expect(parseId('Order', ID.toUpperCase())).toBe(ID);
});

test.each(['', '1', ID.slice(1), `${ID}0`, ` ${ID}`, `${ID}\n`, ID.replaceAll('-', ''), `{${ID}}`, "' or 1=1 --"])(
  '%j identifies nothing',
  (id) => {
    expect(isIdentifier(id)).toBe(false);
    expect(() => parseId('Order', id)).toThrow(
      expect.objectContaining({ message: 'Order not found.', extensions: { code: 'NOT_FOUND' } }),
    );
  },
);
