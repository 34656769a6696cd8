import { type TenantSql } from './tenant-sql.js';

/** The raw content of an attachment: where its sealed bytes lie. */
export interface AttachmentRecord {
  /** Whose key seals the bytes. */
  readonly learner: string;
  /** SHA-2 of the content as sent, lower case. */
  readonly sha2: string;
  /** Key of the sealed bytes in the blob store. */
  readonly blob: string;
}

export interface AttachmentRecords {
  /** Those of these contents that are kept, of any of these learners. */
  find(learners: readonly string[], sha2: readonly string[]): Promise<readonly AttachmentRecord[]>;
  /** Remembers where contents lie; of one learner and hash the first stays. Durable when it returns. */
  put(records: readonly AttachmentRecord[]): Promise<void>;
  /** Forgets a learner's contents. @returns keys of the blobs that nobody points to any more */
  eraseLearner(learner: string): Promise<readonly string[]>;
}

export function createAttachmentRecords(sql: TenantSql): AttachmentRecords {
  return {
    find: (learners, sha2) =>
      sql.query<AttachmentRecord>(
        'SELECT learner, sha2, blob FROM attachments WHERE tenant = $1 AND learner = ANY($2) AND sha2 = ANY($3)',
        [learners, sha2],
      ),
    async put(records) {
      await sql.query(
        `INSERT INTO attachments (tenant, learner, sha2, blob)
         SELECT $1, learner, sha2, blob FROM unnest($2::text[], $3::text[], $4::text[]) AS sent (learner, sha2, blob)
         ON CONFLICT DO NOTHING`,
        [records.map(({ learner }) => learner), records.map(({ sha2 }) => sha2), records.map(({ blob }) => blob)],
      );
    },
    async eraseLearner(learner) {
      const gone = await sql.query<{ blob: string }>('DELETE FROM attachments WHERE tenant = $1 AND learner = $2 RETURNING blob', [
        learner,
      ]);
      return gone.map(({ blob }) => blob);
    },
  };
}
