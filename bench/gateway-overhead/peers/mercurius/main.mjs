import mercuriusGateway from '@mercuriusjs/gateway';
import fastify from 'fastify';

const { port, subgraphUrls } = JSON.parse(process.argv[2]);
const app = fastify();
app.register(mercuriusGateway, {
  gateway: { services: Object.entries(subgraphUrls).map(([name, url]) => ({ name, url })) },
});
await app.listen({ port, host: '127.0.0.1' });
