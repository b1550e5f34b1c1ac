import { registerDecorator } from 'class-validator';

const MAX_NAME_LENGTH = 100;
const MAX_URL_LENGTH = 2048;

/** Control characters and those that turn the direction of writing: they let a name pass for another, or break a mail. */
const DISGUISES = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

export function isDisplayName(name: unknown): boolean {
  return typeof name === 'string' && name.trim() !== '' && name.length <= MAX_NAME_LENGTH && !DISGUISES.test(name);
}

/** Only https: a picture's address ends up in other people's pages. */
export function isPictureUrl(url: unknown): boolean {
  return (
    typeof url === 'string' && url.length <= MAX_URL_LENGTH && URL.canParse(url) && new URL(url).protocol === 'https:'
  );
}

export function IsDisplayName(): PropertyDecorator {
  return rule('isDisplayName', isDisplayName, `Give a name of 1 to ${MAX_NAME_LENGTH} plain characters.`);
}

export function IsPictureUrl(): PropertyDecorator {
  return rule('isPictureUrl', isPictureUrl, 'Give an address that begins with https://.');
}

function rule(name: string, validate: (input: unknown) => boolean, message: string): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyName as string,
      validator: { validate, defaultMessage: () => message },
    });
}
