export { type Accepted, type Refusal, type RefusedBy, type Sender, type StatementBatch, type Taken } from './door/batch.js';
export { createDoor, type Door, type DoorOptions } from './door/door.js';
export { ALLOWED_EXTENSIONS, AMOUNT_EXTENSION, BANKED_EXTENSION } from './door/extensions.js';
export { ImportStopped } from './imports/statement-feed.js';
export { type OnProgress, type Progress, type Tally } from './imports/tally.js';
export { importOulad, type OuladImport, type OuladSummary } from './oulad/import-oulad.js';
export { UnreadableTable } from './oulad/read-table.js';
export { recordRoster, type RecordedRoster, type RosterEntry } from './roster/record-roster.js';
export { IngestModule, type IngestOptions } from './ingest.module.js';
