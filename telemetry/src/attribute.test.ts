import { expect, it } from '@jest/globals';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { Attribute } from './attribute.ts';

it.each(Object.entries(Attribute))('%s is called what the semantic conventions call it', (name, value) => {
  expect((conventions as Record<string, unknown>)[`ATTR_${name}`]).toBe(value);
});
