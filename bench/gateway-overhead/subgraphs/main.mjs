import { createServer } from 'node:http';
import { createCatalogue } from './catalogue.mjs';
import { compileQuery } from './execute.mjs';
import { createResolvers, withFederation } from './resolvers.mjs';

// Enough for every page, operation and peer of one run; a gateway whose calls never repeat must not fill the memory.
const ANSWERS_REMEMBERED = 20_000;

const { seed, variety, pages } = JSON.parse(process.argv[2]);
const resolvers = createResolvers(createCatalogue({ seed, variety, pages }));
const calls = {};
const urls = {};

for (const name of Object.keys(resolvers)) {
  calls[name] = 0;
  const answer = createResponder(withFederation(name, resolvers[name]));
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      calls[name] += 1;
      const { status, bytes } = answer(
        chunks.length === 1 ? chunks[0].latin1Slice() : Buffer.concat(chunks).latin1Slice(),
      );
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
      response.end(bytes);
    });
  });
  // Gateways keep connections open between rounds; a server that hangs up on them would show as their errors.
  server.keepAliveTimeout = 120_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  urls[name] = `http://127.0.0.1:${server.address().port}/graphql`;
}

process.on('message', () => process.send(calls));
process.on('disconnect', () => process.exit());
process.send(urls);

/**
 * A subgraph is a pure function of the request body, so an answer that was resolved once is kept as bytes. Without this
 * the mocks, not the gateways, would be what limits the fast ones.
 */
function createResponder(fields) {
  const queries = new Map();
  const answers = new Map();
  return (body) => {
    const known = answers.get(body);
    if (known) return known;
    if (answers.size >= ANSWERS_REMEMBERED) answers.clear();
    const fresh = resolveBody(body, fields, queries);
    answers.set(body, fresh);
    return fresh;
  };
}

function resolveBody(body, fields, queries) {
  try {
    const { query, variables } = JSON.parse(Buffer.from(body, 'latin1').toString());
    if (!queries.has(query)) queries.set(query, compileQuery(query, fields));
    return { status: 200, bytes: Buffer.from(JSON.stringify({ data: queries.get(query)(variables ?? {}) })) };
  } catch (error) {
    return { status: 400, bytes: Buffer.from(JSON.stringify({ errors: [{ message: error.message }] })) };
  }
}
