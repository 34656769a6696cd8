import { randomUUID } from 'node:crypto';
import { PracticeContent } from '@pharos/contract';
import { type AlertDelivery, type Registry } from '@pharos/registry';
import { type Warehouse } from '@pharos/warehouse';
import { Places } from '../places/places.js';
import { type KeepLetter, letterMail } from './letters.js';
import { type SendMail, type Sent } from './senders.js';

interface LetterParts {
  readonly registry: Registry;
  readonly warehouse: Warehouse;
  readonly now: () => Date;
  readonly publicUrl: string;
  readonly sendMail: SendMail;
  /** Where letters go without a mail server; null with one. */
  readonly keepLetter: KeepLetter | null;
}

/** Whom a letter is for, as far as it has to be known; an address only where it is mailed. */
type Reader = { readonly ok: true; readonly email: string; readonly locale: string } | Extract<Sent, { ok: false }>;

/** Brings a teacher's letter, and says that it left. */
export async function sendLetter(parts: LetterParts, tenant: string, { id, alert, target }: AlertDelivery, readerOf: () => Promise<Reader>): Promise<Sent> {
  const own = parts.registry.tenant(tenant);
  const [record, users, titles, content] = await Promise.all([
    own.learning.get('digest', alert),
    own.users.byPerson(target),
    new Places(parts.warehouse, parts.now).titles(tenant),
    own.practice.all().then((all) => PracticeContent.parse(all)),
  ]);
  if (!record) return { ok: false, reason: 'the letter is gone', final: true };
  const skills = new Map(content.skills.map(({ skill, title }) => [skill, title]));
  const words = { classTitle: (classId: string) => titles.classTitle(classId), skillTitle: (skill: string) => skills.get(skill) };
  const about = { locale: users[0]?.locale ?? 'en', publicUrl: parts.publicUrl };
  const letter = letterMail(record.data, words, about);
  const sent = parts.keepLetter === null ? await mailed() : await parts.keepLetter(`${record.data.week}-${record.id}`, letter);
  if (!sent.ok || record.status === 'done') return sent;
  const { digest, teacher, week } = record.data;
  const channel = parts.keepLetter === null ? 'mail' : 'file';
  const data = { digest, teacher, by: 'insights-deliveries', week, channel } as const;
  const outcome = await own.learning.record([{ id: randomUUID(), type: 'DigestSent', version: 1, tenant, key: teacher, occurredAt: parts.now().toISOString(), data }]);
  // Two senders may have brought it: one of them says so.
  if (!outcome.ok && outcome.code !== 'closed') throw new Error(`that a letter left could not be recorded: ${outcome.reason}`);
  return sent;

  async function mailed(): Promise<Sent> {
    const reader = await readerOf();
    return reader.ok ? parts.sendMail({ ...letter, to: reader.email, id }) : reader;
  }
} // prettier-ignore
