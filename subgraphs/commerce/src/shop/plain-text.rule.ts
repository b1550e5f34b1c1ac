import { registerDecorator } from 'class-validator';

/** Control characters and those that turn the direction of writing: they let a text pass for another. */
const DISGUISES = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Likewise, but for the ends of lines and the tabs of a longer text. */
const DISGUISES_IN_TEXT = /[^\P{Cc}\n\r\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** One line that people read, such as a name: not empty, and nothing in it that is not seen. */
export function IsPlainLine(maxLength: number): PropertyDecorator {
  return isPlain('isPlainLine', maxLength, DISGUISES);
}

/** Any number of such lines. */
export function IsPlainText(maxLength: number): PropertyDecorator {
  return isPlain('isPlainText', maxLength, DISGUISES_IN_TEXT);
}

function isPlain(name: string, maxLength: number, disguises: RegExp): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate: (text: unknown) =>
          typeof text === 'string' && text.trim() !== '' && text.length <= maxLength && !disguises.test(text),
        defaultMessage: () => `Give 1 to ${maxLength} plain characters.`,
      },
    });
}
