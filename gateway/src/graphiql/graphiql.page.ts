/** Where the page finds its parts. Everything comes from us: it works without the internet, and tells nobody of its use. */
export interface GraphiqlPageAddresses {
  readonly scripts: readonly string[];
  readonly styles: readonly string[];
}

/** The page itself. Holds no inline script, so that its content security policy can forbid all of them. */
export function graphiqlPage({ scripts, styles }: GraphiqlPageAddresses): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Supergraph · GraphiQL</title>
    <link rel="icon" href="data:," />
${styles.map((href) => `    <link rel="stylesheet" href="${href}" />`).join('\n')}
  </head>
  <body>
    <div id="graphiql"></div>
${scripts.map((src) => `    <script src="${src}"></script>`).join('\n')}
  </body>
</html>
`;
}

/**
 * Starts GraphiQL in the page. Its header editor holds the access token: headers go with each request over HTTP and, as
 * connection parameters, with each subscription.
 */
export const graphiqlStarter = `'use strict';
const endpoint = new URL('/graphql', location.href);
const sockets = new URL(endpoint);
sockets.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
const root = ReactDOM.createRoot(document.getElementById('graphiql'));
root.render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: endpoint.href, subscriptionUrl: sockets.href }),
    isHeadersEditorEnabled: true,
    defaultEditorToolsVisibility: 'headers',
    defaultHeaders: '{\\n  "Authorization": "Bearer "\\n}',
    defaultQuery: '# The documentation of the whole graph is behind the book at the top left.\\n{\\n  __typename\\n}\\n',
  }),
);
`;

export const graphiqlStyle = `html, body, #graphiql { height: 100%; margin: 0; overflow: hidden; }
`;
