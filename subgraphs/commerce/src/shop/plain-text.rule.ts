import { registerDecorator } from 'class-validator';

/** Control characters and those that turn the direction of writing: they let a text pass for another. */
const DISGUISES = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** One line that people read, such as a name: not empty, and nothing in it that is not seen. */
export function IsPlainLine(maxLength: number): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isPlainLine',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate: (text: unknown) =>
          typeof text === 'string' && text.trim() !== '' && text.length <= maxLength && !DISGUISES.test(text),
        defaultMessage: () => `Give 1 to ${maxLength} plain characters.`,
      },
    });
}
