/**
 * The fold of a log beside the engine's insert of the same rows. A process of its own: the engine binds one folder of tables for each process.
 *
 * Usage: node fold-beside-insert.js LOG_FOLDER; prints `FoldFigures` as JSON. Nothing else may have the log open. About 4 GB of memory for OULAD.
 */
import { openEmbeddedLog } from '@pharos/event-log';
import { benchmarkFold } from '@pharos/projector/benchmarks';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: fold-beside-insert.js LOG_FOLDER');
const log = await openEmbeddedLog({ path: folder, now: () => new Date() });
const figures = await benchmarkFold(log);
await log.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
