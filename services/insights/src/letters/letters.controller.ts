import { Inject } from '@nestjs/common';
import { type Answer, type DeadLetter as DeadLetterShape, routes } from '@pharos/contract';
import { type EventLog } from '@pharos/event-log';
import { type Registry, type SettledLetter } from '@pharos/registry';
import { type DeadLetter, deadLetters, type Warehouse } from '@pharos/warehouse';
import { z } from 'zod';
import { type Call, type Caller, type Download } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readJsonCursor, writeJsonCursor } from '../http/json-cursor.js';
import { notFound } from '../http/refusal.js';
import { type Column, download } from '../http/table.js';
import { identityRead } from '../people/identity-read.js';
import { type Clock, CLOCK, LETTERS, LOG, REGISTRY, WAREHOUSE } from '../tokens.js';
import { type LetterResent, type Letters } from './letters.js';

const r = routes.operations;
const cursor = z.object({ at: z.iso.datetime(), id: z.string() });

const columns: readonly Column<DeadLetterShape>[] = [
  ['id', 'text', (letter) => letter.id],
  ['at', 'text', (letter) => letter.at],
  ['source', 'text', (letter) => letter.source],
  ['place', 'text', (letter) => letter.place],
  ['step', 'text', (letter) => letter.step],
  ['reason', 'text', (letter) => letter.reason],
  ['settled', 'text', (letter) => letter.settled?.how ?? null],
];

const letterView = ({ id, at, source, place, step, reason, sealed }: DeadLetter, settled: SettledLetter | undefined): DeadLetterShape => ({
  id, at, source, place, step, reason, sealed,
  settled: settled ? { how: settled.how, at: settled.settledAt.toISOString(), statements: [...settled.statements] } : null,
}); // prettier-ignore

const resentView = (one: LetterResent) => ({
  letter: one.letter,
  ok: one.ok,
  statements: one.ok ? [...one.statements] : [],
  reason: one.ok ? null : one.reason,
  errors: one.ok ? [] : [...one.errors],
});

/** What could not be taken or folded: to look at, to repair, to send again. */
@Answers()
export class LettersController {
  constructor(
    @Inject(REGISTRY) private readonly registry: Registry,
    @Inject(WAREHOUSE) private readonly warehouse: Warehouse,
    @Inject(LETTERS) private readonly letters: Letters,
    @Inject(LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Handles(r.deadLetters)
  async deadLetters(@Asked() { caller, query, format }: Call<typeof r.deadLetters>): Promise<Answer<typeof r.deadLetters> | Download> {
    const after = readJsonCursor(cursor, query.cursor);
    const asked = { limit: query.limit + 1, ...(after && { after }), ...(query.source !== undefined && { source: query.source }) };
    const found = await this.warehouse.tenant(caller.tenant).ask(deadLetters(asked));
    const page = found.slice(0, query.limit);
    const settled = await this.settled(caller, page);
    const items = page.map((letter) => letterView(letter, settled.get(letter.id)));
    if (format) return download(format, columns, items);
    const last = page.at(-1);
    return { items, next: last && found.length > page.length ? writeJsonCursor({ at: last.at, id: last.id }) : null };
  }

  @Handles(r.openLetter)
  async open(@Asked() { caller, params }: Call<typeof r.openLetter>): Promise<Answer<typeof r.openLetter>> {
    const opened = await this.known(caller, params.letter);
    // What it holds may name anybody, so whose identities were read cannot be told; that it was opened can.
    await this.log.append([identityRead(caller.tenant, caller.id, [], `dead letter ${params.letter}`, this.now())]);
    const settled = await this.settled(caller, [opened.letter]);
    return { ...opened, letter: letterView(opened.letter, settled.get(params.letter)) };
  }

  @Handles(r.resendLetter)
  async resend(@Asked() { caller, params, body }: Call<typeof r.resendLetter>): Promise<Answer<typeof r.resendLetter>> {
    const { letter } = params;
    await this.known(caller, letter);
    const asked = { letter, ...(body.statement !== undefined && { repaired: body.statement }) };
    return { items: (await this.letters.resend(caller.tenant, caller.id, [asked])).map(resentView) };
  }

  @Handles(r.resendLetters)
  async resendMany(@Asked() { caller, body }: Call<typeof r.resendLetters>): Promise<Answer<typeof r.resendLetters>> {
    // All or none: an id that is not the tenant's own is refused before anything is sent.
    const known = await this.letters.open(caller.tenant, body.letters);
    if (known.length < new Set(body.letters).size) throw notFound();
    const asked = body.letters.map((letter) => ({ letter }));
    return { items: (await this.letters.resend(caller.tenant, caller.id, asked)).map(resentView) };
  }

  @Handles(r.dismissLetter)
  async dismiss(@Asked() { caller, params }: Call<typeof r.dismissLetter>): Promise<undefined> {
    await this.known(caller, params.letter);
    await this.letters.dismiss(caller.tenant, caller.id, [params.letter]);
  }

  private async known(caller: Caller, letter: string) {
    const [opened] = await this.letters.open(caller.tenant, [letter]);
    if (!opened) throw notFound();
    return opened;
  }

  private settled(caller: Caller, letters: readonly { readonly id: string }[]) {
    return this.registry.tenant(caller.tenant).settledLetters.among(letters.map(({ id }) => id));
  }
}
