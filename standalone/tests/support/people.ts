import { GraphClient } from './graph.client.ts';

export const PASSWORD = 'correct horse battery staple';

/** Registers somebody and signs them in. */
export async function newcomer(url: string, email: string, name = 'Somebody'): Promise<GraphClient> {
  const client = new GraphClient(url);
  await client.queryData('mutation ($input: RegisterInput!) { register(input: $input) { accepted } }', {
    input: { email, name, password: PASSWORD },
  });
  await signIn(client, email, PASSWORD);
  return client;
}

export async function signIn(client: GraphClient, email: string, password: string): Promise<void> {
  const { login } = await client.queryData(
    'mutation ($input: LoginInput!) { login(input: $input) { ... on SignedIn { accessToken } } }',
    { input: { email, password } },
  );
  client.authorization = `Bearer ${login.accessToken}`;
}
