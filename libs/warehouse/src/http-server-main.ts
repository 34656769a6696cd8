/** The HTTP server over the engine of chDB as a process: node http-server-main.js FOLDER PORT */
import { serveHttp } from './http-server.js';

const [path, port] = process.argv.slice(2);
if (path === undefined || port === undefined) throw new Error('usage: http-server-main.js FOLDER PORT');
const server = await serveHttp({ path, port: Number(port) });
process.stdout.write(`${server.url}\n`);
// Every insert was flushed before it was answered: there is nothing to finish.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
