import { isDeepStrictEqual } from 'node:util';
import { request } from 'undici';

/** A gateway's answer that is not the expected one. */
export class WrongAnswer extends Error {
  name = 'WrongAnswer';
}

/**
 * Asks a gateway for every page and compares each answer with the expected one: first as values, then as the bytes they
 * come to without insignificant white space, which also catches fields in another order than asked for.
 *
 * @returns {Promise<Buffer[]>} the answers as they came
 * @throws {WrongAnswer}
 */
export async function verifyAnswers(url, bodies, expected, headers = {}) {
  const answers = [];
  for (const [page, body] of bodies.entries()) {
    const { statusCode, body: stream } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body,
    });
    const bytes = Buffer.from(await stream.arrayBuffer());
    compare(page, statusCode, bytes.toString(), expected[page]);
    answers.push(bytes);
  }
  return answers;
}

function compare(page, status, text, expected) {
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new WrongAnswer(`page ${page}: HTTP ${status}, not JSON: ${text.slice(0, 200)}`);
  }
  if (answer.errors)
    throw new WrongAnswer(`page ${page}: HTTP ${status}, ${JSON.stringify(answer.errors).slice(0, 400)}`);
  if (!isDeepStrictEqual(answer.data, expected)) {
    throw new WrongAnswer(`page ${page}: ${firstDifference(answer.data, expected, 'data')}`);
  }
  if (JSON.stringify(answer.data) !== JSON.stringify(expected)) {
    throw new WrongAnswer(`page ${page}: the fields are in another order than the operation asks for`);
  }
}

function firstDifference(actual, expected, path) {
  if (isObject(actual) && isObject(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      if (!isDeepStrictEqual(actual[key], expected[key])) {
        return firstDifference(actual[key], expected[key], `${path}.${key}`);
      }
    }
  }
  return `${path} is ${brief(actual)}, not ${brief(expected)}`;
}

const isObject = (value) => typeof value === 'object' && value !== null;
const brief = (value) => String(JSON.stringify(value)).slice(0, 120);
