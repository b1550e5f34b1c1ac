import { expect, test } from '@jest/globals';
import { type Asked, type Delivery, returnableUnits } from './returnable-units.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const came = (at: number, quantity: number, days = 14): Delivery => ({ at: day(at), days, quantity });
const asked = (at: number, quantity: number): Asked => ({ at: day(at), quantity });

test.each<[string, Delivery[], Asked[], number, number]>([
  ['nothing has arrived', [], [], 1, 0],
  ['all is in time', [came(1, 2), came(5, 1)], [], 10, 3],
  ['the first parcel is too late from the minute on', [came(1, 2), came(5, 1)], [], 15, 1],
  ['some is asked for', [came(1, 2), came(5, 1)], [asked(6, 1)], 10, 2],
  ['what was asked for was of the first parcel', [came(1, 2), came(5, 1)], [asked(6, 2)], 16, 1],
  ['what was asked for can only be of the second', [came(1, 2), came(5, 1)], [asked(16, 1)], 16, 0],
  ['it came after the other was asked for', [came(1, 1), came(9, 1)], [asked(2, 1)], 10, 1],
  ['there are no returns', [came(1, 2, 0)], [], 1, 0],
  ['all was asked for, one after the other', [came(1, 3)], [asked(2, 1), asked(3, 2)], 4, 0],
])('When %s', (_, deliveries, requests, now, units) => {
  expect(returnableUnits(deliveries, requests, day(now))).toBe(units);
});
