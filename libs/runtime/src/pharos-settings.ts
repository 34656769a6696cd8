import { z } from 'zod';
import { clusterSettings } from './cluster-settings.js';
import { flag, optionalText, setting, text, whole } from './setting.js';

/** Every setting of Pharos. `infra/configuration.md` is made from this list. */
export const pharosSettings = {
  mode: setting({
    env: 'PHAROS_MODE',
    about:
      'Where each client points: `embedded` runs whole on this machine, `cluster` on Kafka, ClickHouse and PostgreSQL as separate services.',
    schema: z.enum(['embedded', 'cluster']),
    fallback: 'embedded',
  }),
  configFile: setting({
    env: 'PHAROS_CONFIG_FILE',
    about: 'JSON file with settings under the same names; the environment wins.',
    schema: optionalText,
  }),
  dataDir: setting({
    env: 'PHAROS_DATA_DIR',
    about: 'Data folder: log, warehouse, registry, vault, blobs.',
    schema: text,
    fallback: 'data',
  }),
  keysFile: setting({
    env: 'PHAROS_KEYS_FILE',
    about:
      "The vault's keys. Made at the first start with mode 0600; back it up apart from the data. Default: `keys.json` beside the data folder.",
    schema: optionalText,
  }),
  host: setting({ env: 'PHAROS_HOST', about: 'Address to listen on.', schema: text, fallback: '127.0.0.1' }),
  port: setting({
    env: 'PHAROS_PORT',
    about: 'Port for the page, the API and the xAPI endpoint.',
    schema: whole(0, 65535),
    fallback: '4600',
  }),
  publicUrl: setting({
    env: 'PHAROS_PUBLIC_URL',
    about: 'Address that people reach, for links in mails and webhooks. Default: host and port.',
    schema: z.url().optional(),
  }),
  logLevel: setting({
    env: 'PHAROS_LOG_LEVEL',
    about: 'Least level that is logged.',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    fallback: 'info',
  }),
  bodyLimitBytes: setting({
    env: 'PHAROS_BODY_LIMIT_BYTES',
    about: 'Largest request body; more is 413.',
    schema: whole(1_024, 1_073_741_824),
    fallback: '33554432',
  }),
  requestSeconds: setting({
    env: 'PHAROS_REQUEST_SECONDS',
    about: 'A request that has not arrived whole after so long is broken off, so that slow clients hold nothing up.',
    schema: whole(1, 3_600),
    fallback: '60',
  }),
  inFlightBytes: setting({
    env: 'PHAROS_IN_FLIGHT_BYTES',
    about: 'Bytes of xAPI bodies that are held at once; what comes above is told 503 and when to come again.',
    schema: whole(1_048_576, 68_719_476_736),
    fallback: '268435456',
  }),
  doorThreads: setting({
    env: 'PHAROS_DOOR_THREADS',
    about:
      'Embedded: threads that take large batches of statements, so that they keep nobody waiting; 0 takes them in the one that answers. They start when there is something to take and end after an idle minute; each holds some 100 MB.',
    schema: whole(0, 64),
    fallback: '1',
  }),
  corsOrigins: setting({
    env: 'PHAROS_CORS_ORIGINS',
    about: 'Origins, separated by commas, whose pages may call the xAPI resources from a browser; `*` for any. Default: none.',
    schema: z
      .string()
      .optional()
      .transform((listed) =>
        (listed ?? '')
          .split(',')
          .map((each) => each.trim())
          .filter((each) => each !== ''),
      ),
  }),
  tokenIssuers: setting({
    env: 'PHAROS_TOKEN_ISSUERS',
    about:
      'Issuers of OAuth 2.0 access tokens (JWT) that xAPI and roster requests may bear, as a JSON list of `{"issuer", "audience", "tenant", "jwksUri"?, "scopes"?}`; `scopes` says what each scope of a token grants. Default: none.',
    schema: z
      .string()
      .default('[]')
      .transform((text, context) => {
        try {
          return JSON.parse(text) as unknown;
        } catch {
          context.addIssue({ code: 'custom', message: 'must be JSON' });
          return z.NEVER;
        }
      })
      .pipe(
        z.array(
          z.strictObject({
            issuer: z.url(),
            audience: z.string().min(1),
            tenant: z.string().min(1),
            jwksUri: z.url().optional(),
            scopes: z.record(z.string(), z.array(z.string())).optional(),
          }),
        ),
      ),
  }),
  sessionMinutes: setting({
    env: 'PHAROS_SESSION_MINUTES',
    about: 'A session ends after so long without a request.',
    schema: whole(1, 43_200),
    fallback: '480',
  }),
  cookieSecure: setting({
    env: 'PHAROS_COOKIE_SECURE',
    about: 'Session cookie over HTTPS only. Turn on behind TLS.',
    schema: flag,
    fallback: 'false',
  }),
  smtpUrl: setting({
    env: 'PHAROS_SMTP_URL',
    about: 'Mail server, `smtp://user:password@host:port`. Without it no mail is sent.',
    schema: z.url().optional(),
    secret: true,
  }),
  mailFrom: setting({ env: 'PHAROS_MAIL_FROM', about: 'Sender of mails.', schema: text, fallback: 'pharos@localhost' }),
  schedule: setting({ env: 'PHAROS_SCHEDULE', about: 'Run the scheduled jobs in this process.', schema: flag, fallback: 'true' }),
  foldBatchFacts: setting({
    env: 'PHAROS_FOLD_BATCH_FACTS',
    about: 'Most facts folded in one insert.',
    schema: whole(100, 50_000),
    fallback: '5000',
  }),
  demoLearners: setting({
    env: 'PHAROS_DEMO_LEARNERS',
    about: 'Learners of the demo district.',
    schema: whole(50, 200_000),
    fallback: '1200',
  }),
  ...clusterSettings,
} as const;
