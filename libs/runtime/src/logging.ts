import { type LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * Structured log lines on standard error. Callers pass codes, counts and request ids; never a body, a name or an identifier.
 */
export const createLogger = (level: string, service: string): Logger =>
  pino({ level, base: { service }, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: false }));

/** Nest's own messages, as lines of the same log. Its start-up chatter is `debug`. */
export function nestLogger(logger: Logger): LoggerService {
  const line =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      logger[level]({ context: rest.at(-1) }, String(message));
    };
  return {
    log: line('debug'),
    debug: line('debug'),
    verbose: line('debug'),
    warn: line('warn'),
    error: line('error'),
    fatal: line('fatal'),
  };
}
