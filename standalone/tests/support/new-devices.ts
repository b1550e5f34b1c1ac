import { expect } from '@jest/globals';
import { PASSWORD } from './people.ts';

/** Kinds of device that nobody has ever used. Each is worth one notification to a person, the first time. */
export const NEW_DEVICES: readonly string[] = [
  'Windows NT 10.0; Win64; x64',
  'Macintosh; Intel Mac OS X 15_0',
  'X11; Linux x86_64',
  'Linux; Android 15',
].flatMap((system) => [
  `Mozilla/5.0 (${system}; rv:140.0) Gecko/20100101 Firefox/140.0`,
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36`,
]);

/** Signing in on another device is worth a notification. */
export async function signInOn(device: string, url: string, email: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': device },
    body: JSON.stringify({
      query: 'mutation ($input: LoginInput!) { login(input: $input) { __typename } }',
      variables: { input: { email, password: PASSWORD } },
    }),
  });
  expect(await response.json()).toEqual({ data: { login: { __typename: 'SignedIn' } } });
}
