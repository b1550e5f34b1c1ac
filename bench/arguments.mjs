import { parseArgs } from 'node:util';

/** A command line that asks for something the benchmark does not have. */
export class UsageError extends Error {
  name = 'UsageError';
}

/**
 * Reads `--name value` pairs. Each option's default gives its type: a number stays a number (at least 1), a list is
 * given with commas and may only hold what `choices` allows, and a string may only be one of them.
 *
 * @param {string[]} given
 * @param {Record<string, { default: number | string | string[], choices?: string[] }>} options
 */
export function readArguments(given, options) {
  const names = Object.keys(options);
  let values;
  try {
    ({ values } = parseArgs({
      args: given,
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    }));
  } catch (error) {
    throw new UsageError(`${error.message} Known: ${names.map((name) => `--${name}`).join(' ')}`);
  }
  return Object.fromEntries(names.map((name) => [name, readValue(name, values[name], options[name])]));
}

function readValue(name, given, { default: fallback, choices }) {
  if (given === undefined) return fallback;
  if (typeof fallback === 'number') {
    const number = Number(given);
    if (!(number >= 1)) throw new UsageError(`--${name} is a number from 1 on, not ${given}`);
    return number;
  }
  const chosen = Array.isArray(fallback) ? given.split(',') : [given];
  for (const choice of chosen) {
    if (!choices.includes(choice)) throw new UsageError(`--${name} knows ${choices.join(', ')}, not ${choice}`);
  }
  return Array.isArray(fallback) ? chosen : given;
}
