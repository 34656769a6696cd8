import { WarehouseRefused, WarehouseUnavailable } from '../warehouse.js';

/** Codes of ClickHouse that speak of the rows sent: sent again, they would be refused again. */
const ofData = new Set([
  6, 26, 27, 33, 38, 41, 53, 69, 72, 117, 128, 131, 321, 349, 407, 467, 675,
]); // prettier-ignore

/** Codes that speak of the query or the schema: a bug of ours, which trying again does not mend. */
const ofQuery = new Set([10, 15, 16, 36, 42, 43, 44, 46, 47, 57, 60, 62, 81, 179, 184, 215, 386, 456, 457]);

function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const own = Number((error as Error & { code?: unknown }).code);
  if (Number.isInteger(own)) return own;
  const native = Number((error as Error & { clickhouseCode?: unknown }).clickhouseCode);
  if (Number.isInteger(native) && native > 0) return native;
  // The raw insert of the engine in this process says its code in the text alone.
  const written = /\bCode: (\d+)\. DB::/.exec(error.message)?.[1];
  return written === undefined ? undefined : Number(written);
}

/** What a failure means for the caller: bad data, a bug of ours, or a store that is away. */
export function explain(error: unknown): Error {
  // The engine repeats the whole question in its message.
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 600);
  const code = codeOf(error);
  if (code !== undefined && ofData.has(code)) return new WarehouseRefused(String(code), message);
  if (code !== undefined && ofQuery.has(code)) return new Error(`ClickHouse refused a question of ours: ${message}`);
  return new WarehouseUnavailable(message);
}

export async function explained<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explain(error);
  }
}
