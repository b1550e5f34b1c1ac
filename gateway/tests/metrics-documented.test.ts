import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { startTestGateway } from './support/client.ts';
import { Library } from './support/library.ts';

const documented = [...readFileSync('docs/OPERATIONS.md', 'utf8').matchAll(/^\| `(gateway_\w+)`/gm)].map(
  ([, name]) => name!,
);

it('every metric of the gateway is documented, and nothing else is', async () => {
  const library = await new Library().start();
  const gateway = await startTestGateway({ supergraphSdl: library.supergraphSdl });
  const text = await (await fetch(`http://127.0.0.1:${gateway.port}/metrics`)).text();
  await gateway.stop();
  await library.stop();
  const offered = [...text.matchAll(/^# TYPE (gateway_\w+)/gm)].map(([, name]) => name!);
  // There only where there is Redis.
  offered.push('gateway_rates_alone');
  expect(documented.toSorted()).toEqual(offered.toSorted());
});
