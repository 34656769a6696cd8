import { type NestFastifyApplication } from '@nestjs/platform-fastify';

/** So long may what is being answered take. */
const GRACE_MS = 3_000;

/**
 * Stops listening, lets what is being answered end, and then lets go of every connection. Node takes a connection on which nothing was asked yet
 * for a busy one, for as long as headers may take (a minute); browsers and pools open such connections ahead of need.
 */
export async function closeHttp(app: NestFastifyApplication): Promise<void> {
  const late = setTimeout(() => app.getHttpServer().closeAllConnections(), GRACE_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
}
