import { pino, stdTimeFunctions, type Logger } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Structured logs, one JSON object a line, on standard output.
 *
 * Secrets are redacted by path as a second line of defence; the first is not to log them.
 */
export function createLogger(service: string, level: LogLevel): Logger {
  return pino({
    base: { service },
    level,
    timestamp: stdTimeFunctions.isoTime,
    redact: {
      paths: ['password', 'token', 'secret', '*.password', '*.token', '*.secret', '*.authorization', '*.cookie'],
      censor: '[redacted]',
    },
  });
}
