import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.ts';
import { gatewaySettings } from './settings.ts';

const settingsFrom = (variables: Record<string, string>) => gatewaySettings.parse(readEnvironment(variables));

describe('The environment', () => {
  it('shows nothing of ourselves in production, which is where we are unless told', () => {
    const shown = ({ introspection, graphiql, suggestions }: ReturnType<typeof settingsFrom>) => ({
      ...{ introspection, graphiql, suggestions },
    });
    expect(shown(settingsFrom({}))).toEqual({ introspection: false, graphiql: false, suggestions: false });
    expect(shown(settingsFrom({ DEVELOPMENT: 'on', SUGGESTIONS: 'off' }))).toEqual({
      ...{ introspection: true, graphiql: true, suggestions: false },
    });
  });

  it('may be empty', () => {
    expect(settingsFrom({})).toMatchObject({
      port: 4000,
      supergraphFile: 'schema/supergraph.graphql',
      subgraphTimeoutMs: 2_500,
    });
    expect(settingsFrom({ PORT: '', JWKS_URL: '' })).toEqual(settingsFrom({}));
  });

  it('gives numbers, switches, lists and addresses', () => {
    const settings = settingsFrom({
      PORT: '8080',
      GRAPHIQL: 'off',
      ENGINE: 'apollo',
      DEDUPLICATE: 'true',
      CORS_ORIGINS: 'https://a.example, https://b.example',
      SUBGRAPH_URLS: 'orders=http://orders:4001/graphql?a=b,crm=http://crm:4002/graphql',
      FORWARDED_HEADERS: 'X-Tenant',
      TRUST_PROXY: '2',
    });
    expect(settings).toMatchObject({
      port: 8080,
      graphiql: false,
      engine: 'apollo',
      deduplicate: true,
      corsOrigins: ['https://a.example', 'https://b.example'],
      subgraphUrls: { orders: 'http://orders:4001/graphql?a=b', crm: 'http://crm:4002/graphql' },
      forwardedHeaders: ['x-tenant'],
      trustedProxies: 2,
    });
  });

  it('gives the limits of sockets, and who may open them', () => {
    const settings = readEnvironment({
      SOCKET_ORIGINS: 'https://app.example.com',
      MAX_SOCKETS_PER_USER: '7',
      SOCKET_IDLE_TIMEOUT_MS: '60000',
      MAX_OPERATIONS_PER_SOCKET: '3',
    });
    expect(settings).toMatchObject({
      socketOrigins: ['https://app.example.com'],
      maxSocketsPerUser: 7,
      socketIdleTimeoutMs: 60_000,
      maxOperationsPerSocket: 3,
    });
  });

  it('gives limits under the names of their settings', () => {
    expect(settingsFrom({ MAX_DEPTH: '7', MAX_DIRECTIVES_PER_PLACE: '2', MAX_TOKENS: '' })).toMatchObject({
      maxDepth: 7,
      maxDirectivesPerPlace: 2,
      maxTokens: 10_000,
    });
    expect(() => settingsFrom({ MAX_DEPTH: 'many' })).toThrow('MAX_DEPTH');
  });

  it.each([
    ['PORT', 'eighty', 'expected number'],
    ['PORT', '70000', 'expected number to be <=65535'],
    ['SUBGRAPH_URLS', 'http://orders:4001', 'is not of the form name=url'],
    ['SUBGRAPH_URLS', 'orders=nowhere', 'Invalid URL'],
    ['GRAPHIQL', 'maybe', 'expected one of'],
    ['LOG_LEVEL', 'loud', 'expected one of'],
    ['ENGINE', 'steam', 'expected one of'],
    ['SUBGRAPH_SIGNING_SECRET', 'short', 'expected string to have >=16 characters'],
    ['FORWARDED_HEADERS', 'not a header', 'is not a header name'],
    ['SUBGRAPH_TIMEOUT_MS', '0', 'expected number to be >0'],
  ])('is refused when %s is %s', (name, value, reason) => {
    expect(() => settingsFrom({ [name]: value })).toThrow(reason);
  });
});
