import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type CredentialCheck, type RosterRecords } from '@pharos/registry';
import { type FastifyInstance } from 'fastify';
import { type Door } from './door/door.js';
import { type Findings } from './findings/findings.js';
import { type Cmi5Options } from './http/cmi5-routes.js';
import { xapiRoutes } from './http/xapi-routes.js';
import { type Bounds } from './limits/in-flight-bound.js';
import { type BatchThreads } from './threads/batch-threads.js';
import { type BearerTokens } from './tokens/bearer-tokens.js';
import { type RecordStore } from './records/record-store.js';
import { rosterRoutes } from './roster/roster-routes.js';

export interface IngestOptions {
  readonly door: Door;
  readonly credentials: CredentialCheck;
  /** Whose access tokens are taken besides; none by default. */
  readonly tokens?: BearerTokens | undefined;
  /** What queries and documents are answered from; without it the door takes statements and answers them by id. */
  readonly store?: RecordStore;
  /** What rosters said last: `(tenant) => registry.tenant(tenant).rosterRecords`. */
  readonly records: (tenant: string) => RosterRecords;
  /** Largest body of statements in bytes; default 16 MiB. */
  readonly bodyLimit?: number;
  /** Origins whose pages may ask for xAPI resources; `*` for any. None by default. */
  readonly corsOrigins?: readonly string[];
  /** Launches of assignable units (cmi5); none without it. */
  readonly cmi5?: Cmi5Options | undefined;
  /** Where large batches are taken; without them all is done in one thread. Closed with the application. */
  readonly threads?: BatchThreads;
  /** How much may be answered at once. */
  readonly bounds?: Bounds;
  /** Counts what platforms get wrong; without it nobody is told afterwards. Closed with the application. */
  readonly findings?: Findings;
}

const OPTIONS = Symbol('IngestOptions');

/**
 * The door over HTTP: `/xapi` and `/roster`. Its routes are registered on Fastify itself, with parsers, errors and hooks of their own.
 *
 * @example imports: [IngestModule.with({ door, credentials: registry.credentialCheck, records })]
 */
@Module({})
export class IngestModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(OPTIONS) private readonly options: IngestOptions,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  static with(options: IngestOptions): DynamicModule {
    return { module: IngestModule, providers: [{ provide: OPTIONS, useValue: options }] };
  }

  async onModuleInit(): Promise<void> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    await server.register((scope) => xapiRoutes(scope, this.options), { prefix: '/xapi' });
    await server.register(
      (scope, _options, done) => {
        rosterRoutes(scope, {
          door: this.options.door,
          credentials: this.options.credentials,
          tokens: this.options.tokens,
          records: this.options.records,
        });
        done();
      },
      { prefix: '/roster' },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.options.threads?.close();
    await this.options.findings?.close();
  }
}
