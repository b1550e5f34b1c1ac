/** Exits with 0 when the Redis of the given URL answers a PING, and says what is wrong otherwise. Needs no client. */
import { connect } from 'node:net';

const TIMEOUT_MS = 3_000;

const url = new URL(process.argv[2] ?? '');
const socket = connect({ host: url.hostname, port: Number(url.port || 6379) });
socket.setTimeout(TIMEOUT_MS, () => fail('no answer in time'));
socket.on('error', (error) => fail(error.code ?? error.message));
socket.on('close', () => fail('it hung up'));

let answer = '';
socket.on('data', (chunk) => {
  answer += chunk;
  // "-NOAUTH" is an answer too: whether our password is right is for the tests to find out.
  if (/^(\+PONG|-NOAUTH)\b/.test(answer)) process.exit(0);
  if (answer.includes('\r\n')) fail('what answers is not Redis');
});
socket.write('PING\r\n');

function fail(reason) {
  // Not the whole URL: it may hold a password.
  console.error(`Redis at ${url.host} does not answer: ${reason}. Start one, or set REDIS_URL.`);
  process.exit(1);
}
