import { type StoredDocument } from '@pharos/registry';
import { type DocumentRefusal, type Precondition } from './document-store.js';

export interface Conditions {
  /** The header If-Match, as sent. */
  readonly ifMatch: string | undefined;
  /** The header If-None-Match, as sent. */
  readonly ifNoneMatch: string | undefined;
}

/**
 * What has to hold before a document is changed: If-Match and If-None-Match as RFC 9110, 13.1, says, and, where `needed`,
 * one of them for a document that stands there already (xAPI 1.0.3, part three, 3.1).
 *
 * ETags are compared without their quotes: some clients leave them out.
 *
 * @param needed for PUT of profiles, and of all documents in 2.0
 */
export function preconditionOf({ ifMatch, ifNoneMatch }: Conditions, needed: boolean): Precondition {
  return (standing) => {
    if (ifMatch !== undefined && !matches(ifMatch, standing)) return failed('If-Match', standing);
    if (ifNoneMatch !== undefined && matches(ifNoneMatch, standing)) return failed('If-None-Match', standing);
    if (needed && standing !== undefined && ifMatch === undefined && ifNoneMatch === undefined) {
      const detail =
        'A document stands here already. Check its current state with GET, then send If-Match with its ETag to replace it (or If-None-Match: * to create it only).';
      return { status: 409, detail };
    }
    return undefined;
  };
}

/** Whether what stands there is one of those named; `*` is whatever stands there. */
export function matches(header: string, standing: Pick<StoredDocument, 'etag'> | undefined): boolean {
  if (standing === undefined) return false;
  return header.split(',').some((each) => {
    const tag = each.trim();
    return tag === '*' || tag.replace(/^"(.*)"$/, '$1').toLowerCase() === standing.etag;
  });
}

function failed(header: string, standing: StoredDocument | undefined): DocumentRefusal {
  const state = standing === undefined ? 'No document stands here.' : 'The document was changed since, or is there already.';
  return { status: 412, detail: `${header} does not hold. ${state} Check its current state with GET.` };
}
