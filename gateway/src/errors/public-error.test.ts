import { describe, expect, it } from '@jest/globals';
import { ErrorCode } from '@supergraph/protocol';
import { publicError } from './public-error.ts';

const visible = { correlationId: 'abc', suggestions: true };

describe('What a client sees of an error', () => {
  it.each(Object.values(ErrorCode).filter((code) => code !== ErrorCode.INTERNAL_SERVER_ERROR))(
    'is its message, place and details when the code is %s',
    (code) => {
      const error = {
        message: 'm',
        path: ['a', 1],
        locations: [{ line: 1, column: 2 }],
        extensions: { code, retryAfter: 3 },
      };
      expect(publicError(error, visible)).toEqual(error);
    },
  );

  it.each([undefined, 'E42', 7, ErrorCode.INTERNAL_SERVER_ERROR, 'constructor', '__proto__'])(
    'is next to nothing when the code is %s',
    (code) => {
      const error = { message: 'at db.internal', path: ['a'], extensions: { code, sql: 'select' } };
      const extensions = { code: 'INTERNAL_SERVER_ERROR', correlationId: 'abc' };
      expect(publicError(error, visible)).toEqual({ message: 'Internal server error', path: ['a'], extensions });
    },
  );

  it.each(['OPERATION_RESOLUTION_FAILURE', 'PERSISTED_QUERY_NOT_SUPPORTED'])('has our word for %s', (code) => {
    expect(publicError({ message: 'm', extensions: { code } }, visible).extensions).toEqual({ code: 'BAD_REQUEST' });
  });

  it('holds nothing but what is known to be fit to tell', () => {
    const insides = {
      serviceName: 'orders',
      stacktrace: ['x'],
      exception: {},
      http: {},
      sql: 'select',
      constructor: 'x',
    };
    const error = { message: 'm', extensions: { code: 'FORBIDDEN', ...insides } };
    expect(publicError(error, visible)).toEqual({ message: 'm', extensions: { code: 'FORBIDDEN' } });
  });

  it('is short, whatever it quotes', () => {
    const message = `Got "${'a'.repeat(2_000_000)}"; that is no date`;
    const shown = publicError({ message, extensions: { code: 'BAD_USER_INPUT' } }, visible).message;
    expect(shown).toMatch(/^Got "a+ … a+"; that is no date$/);
    expect(shown.length).toBeLessThan(1_010);
  });

  it('suggests nothing when it may not', () => {
    const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
    const message = 'Cannot query field "a" on type "Query". Did you mean "b" or "c"?';
    expect(publicError({ message, extensions }, { suggestions: false }).message).toBe(
      'Cannot query field "a" on type "Query".',
    );
  });
});
