import { type Engine } from './engine/engine.js';
import { bind, nothing, render, type Rendered, sql, type Sql } from './sql.js';
import { rowsOf } from './tenant-warehouse.js';
import { type Touched } from './warehouse.js';

/** Above so many learner-days the whole tenant is computed in one pass: a scan is cheaper than a set as large as the table. */
const SET_LIMIT = 50_000;

const forTenant = (query: Sql, tenant: string): Rendered => {
  const { text, params } = render(query);
  return { text, params: { ...params, tenant } };
};

/**
 * Activity of some learner-days from the live statements, and zeros for what stood there before and is no more.
 *
 * Sums are exact, so that two builds of one log agree to the last bit whatever order the rows come in: amounts are added
 * as decimals of six places, durations as whole milliseconds; both are capped where a source's nonsense would overflow.
 * Voiding statements say nothing about activity and are left out.
 */
function activityAgain(among: Sql): Sql {
  return sql`INSERT INTO activity_days (tenant, learner, day, context_id, kind, credential, events, amount, seconds)
SELECT {tenant:String}, learner, day, context_id, kind, credential, sum(event), toFloat64(sum(amounts)), sum(milliseconds) / 1000
FROM (
  SELECT learner, toDate32(occurred_at) AS day, context_id, kind, credential, 1 AS event,
    toDecimal128(least(amount, 1e15), 6) AS amounts, toUInt64(round(least(ifNull(duration_seconds, 0), 1e9) * 1000)) AS milliseconds
  FROM statements FINAL
  WHERE tenant = {tenant:String} AND action != 'voided'${among}
    AND id NOT IN (SELECT target FROM voids WHERE tenant = {tenant:String})
  UNION ALL
  SELECT learner, day, context_id, kind, credential, 0, toDecimal128(0, 6), 0
  FROM activity_days FINAL
  WHERE tenant = {tenant:String} AND events > 0${among}
)
GROUP BY learner, day, context_id, kind, credential`;
}

/** Weeks of activity of some learners from their days, and no bits for what stood there before and is no more. */
function weeksAgain(among: Sql): Sql {
  return sql`INSERT INTO activity_weeks (tenant, learner, context_id, era, weeks)
SELECT {tenant:String}, learner, context_id, era, groupBitOr(bits) FROM (
  SELECT learner, context_id, intDiv(toInt32(day) + 3, 7) AS week, toUInt16(intDiv(week, 64)) AS era,
    bitShiftLeft(toUInt64(1), toUInt8(week % 64)) AS bits
  FROM activity_days FINAL
  WHERE tenant = {tenant:String} AND events > 0 AND day >= '1970-01-01'${among}
  UNION ALL
  SELECT learner, context_id, 0, era, toUInt64(0) FROM activity_weeks FINAL WHERE tenant = {tenant:String} AND weeks != 0${among}
)
GROUP BY learner, context_id, era`;
}

/** Learner and day of statements that were taken back, where they are here already; those that come later are touched then. */
async function daysOfVoided(engine: Engine, touched: Touched): Promise<readonly (readonly [string, string])[]> {
  if (touched.voided.length === 0) return [];
  const query = sql`SELECT DISTINCT learner, toDate32(occurred_at) AS day FROM statements
    WHERE tenant = {tenant:String} AND id IN ${bind('Array(String)', touched.voided)}`;
  const rows = rowsOf(await engine.read(forTenant(query, touched.tenant), 'JSONEachRow'));
  return rows.map((row) => [row.learner as string, row.day as string] as const);
}

/** The whole of a tenant. */
async function again(engine: Engine, tenant: string): Promise<void> {
  await engine.run(forTenant(activityAgain(nothing), tenant));
  await engine.run(forTenant(weeksAgain(nothing), tenant));
}

/** Computes the activity of what was touched again. Repeating it changes nothing. */
export async function rollUp(engine: Engine, all: readonly Touched[]): Promise<void> {
  for (const touched of all) {
    const pairs = [...touched.days].flatMap(([learner, days]) => [...days].map((day) => [learner, day] as const));
    pairs.push(...(await daysOfVoided(engine, touched)));
    if (pairs.length === 0) continue;
    if (pairs.length > SET_LIMIT) {
      await again(engine, touched.tenant);
      continue;
    }
    // The set of learners narrows by the sort key; the set of pairs then picks the days.
    const learners = bind('Array(String)', pairs.map(([learner]) => learner)); // prettier-ignore
    const days = bind('Array(Date32)', pairs.map(([, day]) => day)); // prettier-ignore
    const distinct = bind('Array(String)', [...new Set(pairs.map(([learner]) => learner))]);
    const ofLearners = sql` AND learner IN ${distinct}`;
    const among = sql`${ofLearners} AND (learner, day) IN (SELECT arrayJoin(arrayZip(${learners}, ${days})))`;
    await engine.run(forTenant(activityAgain(among), touched.tenant));
    await engine.run(forTenant(weeksAgain(ofLearners), touched.tenant));
  }
}

export async function rollUpAll(engine: Engine): Promise<void> {
  const tenants = rowsOf(await engine.read({ text: 'SELECT DISTINCT tenant FROM statements', params: {} }, 'JSONEachRow'));
  for (const { tenant } of tenants) await again(engine, tenant as string);
}
