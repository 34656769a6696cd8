import path from 'node:path';
import { AlertPost, letterFiles, mailSender, sendWebhook } from '@pharos/insights';
import { type Configuration, type Logger } from '@pharos/runtime';
import { type Homes } from './homes/open-homes.js';

/** How often the post looks for alerts to deliver: at once, for a person. */
const everyMs = 2_000;

/** Brings each alert to its counselor by webhook and, where a mail server is configured, by mail. */
export function startDelivery(
  { registry, vault, log, warehouse, now }: Homes,
  configuration: Configuration,
  logger: Logger,
): { stop(): Promise<void> } {
  const { smtpUrl, mailFrom, publicUrl, host, port, mode, dataDir } = configuration;
  const post = new AlertPost({
    registry,
    vault,
    log,
    warehouse,
    now,
    // A service of a cluster has no folder that anybody looks into: there letters need a mail server.
    keepLetter: smtpUrl === undefined && mode !== 'cluster' ? letterFiles(path.join(dataDir, 'letters')) : null,
    publicUrl: publicUrl ?? `http://${host}:${port}`,
    sendWebhook,
    sendMail: mailSender(smtpUrl === undefined ? null : { url: smtpUrl, from: mailFrom }),
  });
  return post.start(everyMs, (error) =>
    logger.error({ error: (error as Error).message }, 'an alert could not be delivered; it is tried again'),
  );
}
