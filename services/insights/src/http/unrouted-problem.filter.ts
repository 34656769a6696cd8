import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { PREFIX } from '@pharos/contract';
import { type Logger } from '@pharos/runtime';
import { type FastifyRequest } from 'fastify';
import { LOGGER } from '../tokens.js';
import { ProblemFilter } from './problem.filter.js';

/**
 * Problem details for what fails under this service's prefix before a route is reached: a body that is not JSON or too large,
 * an address that there is not. What fails elsewhere in the application is answered as the application does.
 */
@Catch()
export class UnroutedProblemFilter extends BaseExceptionFilter implements ExceptionFilter {
  private readonly problems: ProblemFilter;

  constructor(@Inject(HttpAdapterHost) { httpAdapter }: HttpAdapterHost, @Inject(LOGGER) logger: Logger) {
    super(httpAdapter);
    this.problems = new ProblemFilter(logger);
  }

  override catch(error: unknown, host: ArgumentsHost): void {
    const { url } = host.switchToHttp().getRequest<FastifyRequest>();
    if (url.startsWith(`${PREFIX}/`)) this.problems.catch(error, host);
    else super.catch(error, host);
  }
}
