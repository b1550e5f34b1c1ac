import { type DestinationStream, pino, stdTimeFunctions, type Logger, type LoggerOptions } from 'pino';
import { inWords, redactedFields } from './redaction.ts';

export type { Logger } from 'pino';

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * Structured logs, one JSON object a line, on standard output.
 *
 * What is secret by its name or its form is redacted wherever it lies, and of errors and messages only the words are
 * told. This is the second line of defence; the first is not to log what somebody said.
 */
export function createLogger(
  service: string,
  level: LogLevel,
  destination: DestinationStream = pino.destination(1),
): Logger {
  const options: LoggerOptions = {
    base: { service },
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { log: redactedFields },
    // It was made fit for the log together with the rest.
    serializers: { err: (error: unknown) => error },
    hooks: {
      logMethod(input, method) {
        const [first, second] = input as [unknown, unknown];
        // Of an error alone pino would make the message of the line.
        if (first instanceof Error)
          method.call(this, { err: first }, typeof second === 'string' ? inWords(second) : '');
        else if (typeof first === 'string') method.call(this, inWords(first));
        else method.call(this, first as object, typeof second === 'string' ? inWords(second) : undefined);
      },
    },
  };
  return pino(options, destination);
}
