import { registerDecorator, type ValidationArguments } from 'class-validator';

/** NIST SP 800-63B: length is what counts; rules about kinds of characters only make passwords worse. */
export const MIN_PASSWORD_LENGTH = 10;

/** Bounded, because hashing costs time for every byte. */
export const MAX_PASSWORD_LENGTH = 200;

/** What is wrong with a new password, in words for the person who chose it; nothing when it will do. */
export function weaknessOf(password: unknown): string | undefined {
  if (typeof password !== 'string' || [...password].length < MIN_PASSWORD_LENGTH) {
    return `Use at least ${MIN_PASSWORD_LENGTH} characters.`;
  }
  if (password.length > MAX_PASSWORD_LENGTH) return `Use at most ${MAX_PASSWORD_LENGTH} characters.`;
  if (new Set(password.toLowerCase()).size < 4) return 'Use more than three different characters.';
  return undefined;
}

/** For a field that holds a new password. */
export function IsNewPassword(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isNewPassword',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate: (password: unknown) => weaknessOf(password) === undefined,
        defaultMessage: (args?: ValidationArguments) => weaknessOf(args?.value) ?? 'Choose another password.',
      },
    });
}
