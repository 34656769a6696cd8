import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type Configuration, type Logger } from '@pharos/runtime';
import { LogController } from 'fastify';
import { slowClientBounds } from './slow-clients.js';

/** Longest part of an address, percent-encoding and all: an account of 500 characters, as platforms name learners. The router's own limit is 100. */
const LONGEST_PARAM = 1_500;

/** HTTP as every server of Pharos speaks it, the one of a whole house and the one of a single service. */
export function httpAdapter({ bodyLimitBytes, requestSeconds }: Configuration, logger: Logger): FastifyAdapter {
  return new FastifyAdapter({
    // What the door's and the roster's error handlers say of a failure that is ours. Requests are not logged: addresses may name people.
    loggerInstance: logger.child({}, { level: 'warn' }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    ...slowClientBounds(requestSeconds),
    trustProxy: false,
    routerOptions: { maxParamLength: LONGEST_PARAM },
  });
}
