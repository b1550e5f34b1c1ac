import { ValidateBy } from 'class-validator';
import { isLink } from './links.ts';

const MAX_LENGTH = 2_000;

/** Validates a path in the app or a URL of the web. */
export function IsLink(): PropertyDecorator {
  return ValidateBy({
    name: 'isLink',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value.length <= MAX_LENGTH && isLink(value),
      defaultMessage: () => `link must be a path that begins with one slash, or an http or https URL`,
    },
  });
}
