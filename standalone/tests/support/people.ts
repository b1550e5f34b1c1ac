import { GraphClient } from './graph.client.ts';

export const PASSWORD = 'correct horse battery staple';

/** What a signed-in client goes on with. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly session: { readonly id: string };
  readonly user: { readonly id: string };
}

const TOKENS = 'accessToken refreshToken session { id } user { id }';

export const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { ... on SignedIn { ${TOKENS} } } }`;

export const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { ${TOKENS} } }`;

/** Registers somebody and signs them in. */
export async function newcomer(url: string, email: string, name = 'Somebody'): Promise<GraphClient> {
  const client = new GraphClient(url);
  await register(client, email, name);
  await signIn(client, email, PASSWORD);
  return client;
}

export async function register(client: GraphClient, email: string, name = 'Somebody'): Promise<void> {
  await client.queryData('mutation ($input: RegisterInput!) { register(input: $input) { accepted } }', {
    input: { email, name, password: PASSWORD },
  });
}

export async function signIn(client: GraphClient, email: string, password = PASSWORD): Promise<Tokens> {
  const { login } = await client.queryData(LOGIN, { input: { email, password } });
  client.authorization = `Bearer ${login.accessToken}`;
  return login;
}

export async function refresh(client: GraphClient, refreshToken: string): Promise<Tokens> {
  const { refreshSession } = await client.queryData(REFRESH, { input: { refreshToken } });
  client.authorization = `Bearer ${refreshSession.accessToken}`;
  return refreshSession;
}
