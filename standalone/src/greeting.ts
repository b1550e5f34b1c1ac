import type { Supergraph } from './supergraph.ts';

/** What a person sees once everything runs. */
export function greeting({ url, demoLogins }: Pick<Supergraph, 'url' | 'demoLogins'>): string {
  const graphiql = new URL('/', url).href;
  const lines = ['', 'Supergraph is ready', '', `  GraphQL    ${url}`, `  GraphiQL   ${graphiql}`];
  if (demoLogins.length > 0) {
    const width = Math.max(...demoLogins.map((login) => login.email.length));
    lines.push('', '  Demo logins');
    for (const login of demoLogins) {
      lines.push(`    ${login.email.padEnd(width)}  ${login.password}  ${login.description}`);
    }
  }
  return `${lines.join('\n')}\n\n`;
}
