import { describe, expect, test } from '@jest/globals';
import { dateTime, integer, list, money, optional, problemsOf, text } from './variable.schema.ts';

const SCHEMA = {
  name: text(),
  at: optional(dateTime()),
  price: optional(money()),
  count: optional(integer()),
  items: optional(list({ title: text() })),
};

const placesOf = (values: Record<string, unknown>) => problemsOf(SCHEMA, values).map((problem) => problem.path);

describe('The variables of a type', () => {
  test('are right when all that is required is there and of its kind', () => {
    const values = {
      name: 'Ada',
      at: '2026-03-29T01:30:00Z',
      price: { amount: 1, currency: 'EUR' },
      count: 3,
      items: [{ title: 'x' }],
    };
    expect(problemsOf(SCHEMA, values)).toEqual([]);
  });

  test('may leave out or leave empty what is optional, and nothing else', () => {
    expect(placesOf({ name: 'Ada', at: null })).toEqual([]);
    expect(placesOf({})).toEqual(['variables.name']);
  });

  test('may not bring along what was not declared, not even by an inherited name', () => {
    expect(placesOf({ name: 'Ada', link: 'x', toString: 'y' })).toEqual(['variables.link', 'variables.toString']);
  });

  test.each([
    ['name', 5],
    ['name', 'x'.repeat(4_001)],
    ['at', 'tomorrow'],
    ['at', '2026-99-99T00:00:00Z'],
    ['price', { amount: 1.5, currency: 'EUR' }],
    ['price', { amount: 1, currency: 'euro' }],
    ['price', 5],
    ['count', 1.5],
    ['count', '5'],
    ['items', 'x'],
    ['items', ['x']],
  ])('are refused when %s is %j', (name, value) => {
    expect(placesOf({ name: 'Ada', [name]: value })).toEqual([`variables.${name}`]);
  });

  test('are checked within lists, each at its place', () => {
    expect(placesOf({ name: 'Ada', items: [{ title: 'x' }, {}] })).toEqual(['variables.items.1.title']);
  });
});
