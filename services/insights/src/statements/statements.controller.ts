import { Inject } from '@nestjs/common';
import { type Answer, routes } from '@pharos/contract';
import { z } from 'zod';
import { type Call } from '../http/caller.js';
import { Answers, Asked, Handles } from '../http/handles.js';
import { readJsonCursor, writeJsonCursor } from '../http/json-cursor.js';
import { notFound } from '../http/refusal.js';
import { STATEMENTS } from '../tokens.js';
import { type StatementDesk } from './statement-desk.js';

const s = routes.statements;
const cursor = z.object({ id: z.string(), recordedAt: z.iso.datetime(), partition: z.number().int(), offset: z.number().int() });

/** What platforms sent, statement by statement. Who acted is told when it is asked for, and then recorded. */
@Answers()
export class StatementsController {
  constructor(@Inject(STATEMENTS) private readonly desk: StatementDesk) {}

  @Handles(s.list)
  async list(@Asked() { caller, query, state }: Call<typeof s.list>): Promise<Answer<typeof s.list>> {
    const { cursor: text, names, ...filter } = query;
    const asked = { ...filter, after: readJsonCursor(cursor, text), names: names !== undefined };
    const { last, ...page } = await this.desk.list(caller, asked, state);
    return { ...page, next: last === null ? null : writeJsonCursor(last) };
  }

  @Handles(s.get)
  async get(@Asked() { caller, params, query, state }: Call<typeof s.get>): Promise<Answer<typeof s.get>> {
    const found = await this.desk.get(caller, params.statement, query.names !== undefined, state);
    if (!found) throw notFound();
    return found;
  }
}
