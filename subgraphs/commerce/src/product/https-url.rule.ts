import { ValidateBy } from 'class-validator';

const MAX_LENGTH = 2_000;

/** An address that a browser fetches a picture from: https, without a password in it, nothing that would run. */
export function IsHttpsUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isHttpsUrl',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value.length <= MAX_LENGTH && isHttps(value),
      defaultMessage: () => `Give an https URL of up to ${MAX_LENGTH} characters, without a user in it.`,
    },
  });
}

function isHttps(text: string): boolean {
  if (!URL.canParse(text) || /\s/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && !username && !password;
}
