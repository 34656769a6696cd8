import { factId, type NewFact } from '@pharos/facts';
import { calendars, notedSilences, sourceVolume } from '@pharos/warehouse';
import { type JobScope } from '../running/job.js';
import { instructionDays } from './instruction-days.js';
import { daysLookedAt, silenceNow, type SilentSource } from './silent-sources.js';

/** Tells the log, once each, which sources fell silent and which are back. Returns the names of those that are silent now. */
export async function noteSilence({ home, warehouse, tenant, asOf, positions }: JobScope): Promise<readonly string[]> {
  const since = new Date(Date.parse(asOf) - daysLookedAt * 86_400_000).toISOString();
  const view = { asOf, positions: positions.offsets };
  const [volume, noted, known] = await Promise.all([
    warehouse.ask(sourceVolume(since, view), 'jobs'),
    warehouse.ask(notedSilences(view), 'jobs'),
    warehouse.ask(calendars(view), 'jobs'),
  ]);
  const { silent, fell, back } = silenceNow(volume, noted, asOf, instructionDays(known));
  const said = (isSilent: boolean) => ({ source, lastDay }: SilentSource): NewFact => ({
    // By the day since when: a silence that lasts is told once, and so is its end.
    id: factId(isSilent ? 'source-silent' : 'source-back', tenant, source, lastDay),
    type: 'SourceSilent', version: 1, tenant, key: source, occurredAt: asOf, knownAt: asOf,
    data: { source, since: `${lastDay}T00:00:00.000Z`, silent: isSilent },
  });
  const facts = [...fell.map(said(true)), ...back.map(said(false))];
  if (facts.length > 0) await home.log.append(facts);
  return silent.map(({ source }) => source);
} // prettier-ignore
