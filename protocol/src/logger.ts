import { type DestinationStream, pino, stdTimeFunctions, type Logger } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

const SECRETS = ['password', 'token', 'secret', 'authorization', 'cookie'];

/** Where PostgreSQL puts the row that it refused, with everything in it. */
const ROWS = ['err.detail', 'err.where', 'err.parameters', 'err.params'];

/**
 * Structured logs, one JSON object a line, on standard output.
 *
 * Secrets are redacted by path as a second line of defence; the first is not to log them.
 */
export function createLogger(
  service: string,
  level: LogLevel,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options = {
    base: { service },
    level,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: [...SECRETS, ...SECRETS.map((name) => `*.${name}`), ...ROWS], censor: '[redacted]' },
  };
  return pino(options, destination);
}
