import type { GraphqlResult, QueryOptions } from '@supergraph/testkit';
import { mailedToken, newEmail, PASSWORD, type TestIdentity } from './identity.ts';

export const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { accepted email } }`;

export const TOKENS = `accessToken refreshToken refreshTokenExpiresAt session { id device } user { id email status version }`;

export const LOGIN = `mutation ($input: LoginInput!) {
  login(input: $input) { __typename ... on SignedIn { ${TOKENS} } ... on SecondFactorRequired { challenge } }
}`;

export const REFRESH = `mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { ${TOKENS} } }`;

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly session: { readonly id: string; readonly device: string };
  readonly user: { readonly id: string; readonly email: string; readonly status: string; readonly version: number };
}

/** Somebody with an account, signed in on one device. */
export class Person {
  constructor(
    readonly subgraph: TestIdentity,
    readonly email: string,
    public tokens: Tokens,
    readonly password = PASSWORD,
  ) {}

  get id(): string {
    return this.tokens.user.id;
  }

  get authorization(): string {
    return `Bearer ${this.tokens.accessToken}`;
  }

  query(
    document: string,
    variables: Record<string, unknown> = {},
    options: QueryOptions = {},
  ): Promise<GraphqlResult<any>> {
    return this.subgraph.client.query(document, { variables, authorization: this.authorization, ...options });
  }

  async data(document: string, variables: Record<string, unknown> = {}): Promise<any> {
    return this.subgraph.client.queryData(document, { variables, authorization: this.authorization });
  }

  /** Signs in once more, on another device. */
  async elsewhere(userAgent = 'curl/8.0'): Promise<Person> {
    const tokens = await signIn(this.subgraph, this.email, this.password, userAgent);
    return new Person(this.subgraph, this.email, tokens, this.password);
  }

  async refresh(): Promise<void> {
    const { refreshSession } = await this.subgraph.client.queryData(REFRESH, {
      variables: { input: { refreshToken: this.tokens.refreshToken } },
    });
    this.tokens = refreshSession;
  }
}

export async function register(subgraph: TestIdentity, email: string, name = 'Ada Lovelace'): Promise<void> {
  await subgraph.client.queryData(REGISTER, { variables: { input: { email, password: PASSWORD, name } } });
}

export async function signIn(
  subgraph: TestIdentity,
  email: string,
  password = PASSWORD,
  userAgent = 'test',
): Promise<Tokens> {
  const { login } = await subgraph.client.queryData(LOGIN, {
    variables: { input: { email, password } },
    headers: { 'user-agent': userAgent },
  });
  return login;
}

/** Somebody who has registered and signed in, but not verified their address. */
export async function newcomer(subgraph: TestIdentity, email = newEmail()): Promise<Person> {
  await register(subgraph, email);
  return new Person(subgraph, email, await signIn(subgraph, email));
}

/** Somebody whose account is active. */
export async function member(subgraph: TestIdentity, email = newEmail()): Promise<Person> {
  await register(subgraph, email);
  await verify(subgraph, email);
  return new Person(subgraph, email, await signIn(subgraph, email));
}

export async function verify(subgraph: TestIdentity, email: string): Promise<void> {
  const token = await mailedToken(subgraph, 'email_verification.requested', email);
  await subgraph.client.queryData(`mutation ($token: String!) { verifyEmail(input: { token: $token }) { id } }`, {
    variables: { token },
  });
}

/** The code of an answer's first error. */
export function codeOf(result: GraphqlResult<unknown>): unknown {
  return result.errors?.[0]?.extensions?.code;
}
