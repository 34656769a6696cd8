import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type Configuration, type Logger } from '@pharos/runtime';
import { LogController } from 'fastify';
import { slowClientBounds } from './slow-clients.js';

/** Longest part of an address, percent-encoding and all: an account of 500 characters, as platforms name learners. The router's own limit is 100. */
const LONGEST_PARAM = 1_500;

/**
 * Connections that may wait to be accepted. Node's own 511 are full within a burst, and whoever knocks then is not heard: their kernel
 * tries again after one second, then after two more. The kernel's bound (`net.core.somaxconn`, 4,096) holds besides.
 */
export const LISTEN_BACKLOG = 4_096;

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
