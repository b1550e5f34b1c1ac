import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../errors/domain.error.ts';
import { type PageArguments, pageWindow } from './page-window.ts';

function problemsOf(args: PageArguments): unknown {
  try {
    pageWindow(args);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'BAD_USER_INPUT') return error.extensions.fields;
    throw error;
  }
  return [];
}

describe('page arguments', () => {
  test('default to the first twenty', () => {
    expect(pageWindow({})).toEqual({ size: 20, backward: false, after: undefined, before: undefined });
  });

  test('count from the end with last', () => {
    expect(pageWindow({ last: 3, before: 'here' })).toEqual({
      size: 3,
      backward: true,
      after: undefined,
      before: 'here',
    });
  });

  test('may be null, as clients send variables they do not use', () => {
    expect(pageWindow({ first: 5, last: null, after: null, before: null })).toMatchObject({ size: 5, backward: false });
  });

  test.each([1, 100])('take a page of %i', (first) => {
    expect(problemsOf({ first })).toEqual([]);
  });

  test.each([0, -1, 101, 1.5])('refuse a page of %d', (size) => {
    expect(problemsOf({ first: size })).toEqual([{ path: 'first', message: 'first must be between 1 and 100.' }]);
    expect(problemsOf({ last: size })).toEqual([{ path: 'last', message: 'last must be between 1 and 100.' }]);
  });

  test('name everything that is wrong at once', () => {
    expect(problemsOf({ first: 0, last: 1 })).toEqual([
      { path: 'last', message: 'Give either first or last, not both.' },
      { path: 'first', message: 'first must be between 1 and 100.' },
    ]);
  });
});
