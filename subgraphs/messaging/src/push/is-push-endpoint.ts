import { ValidateBy } from 'class-validator';

const MAX_LENGTH = 2_000;

/**
 * Validates the address of a push service: https, a name rather than an address, no password, the ordinary port.
 *
 * This refuses early what is plainly wrong. What a name resolves to is checked at each push, because it can change.
 */
export function IsPushEndpoint(): PropertyDecorator {
  return ValidateBy({
    name: 'isPushEndpoint',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isPushEndpoint(value),
      defaultMessage: () => 'endpoint must be the https URL of a push service',
    },
  });
}

export function isPushEndpoint(text: string): boolean {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return false;
  const { protocol, hostname, port, username, password } = new URL(text);
  const named = /^(?=.*[a-z])[a-z0-9.-]+\.[a-z]{2,}$/i.test(hostname);
  const local = /\.(local|localhost|internal|home\.arpa)$/i.test(hostname);
  return protocol === 'https:' && port === '' && username === '' && password === '' && named && !local;
}
