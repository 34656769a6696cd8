import { expect } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { verify } from '@pharos/projector';
import { sql } from '@pharos/warehouse';
import { type Fault } from './fault-schedule.js';
import { tenantWithRisk, untilAlerted } from './job-check.js';
import { type LaptopCluster } from './laptop-cluster.js';
import { type SentStatement, statementStream } from './stream.js';

const STATEMENTS = 600;
const LEARNERS_AT_RISK = 5;

const ids = { name: 'ids', sql: sql`SELECT id FROM statements FINAL WHERE tenant = {tenant:String}`, answer: ({ id }: Readonly<Record<string, unknown>>) => id as string }; // prettier-ignore

/**
 * What a cluster is held to after whatever happened to it: every acknowledged statement once in the tables and no other, in the order of
 * its learner; tables equal to a fold without faults; dead letters for what was bad and for nothing else; each alert once.
 */
export class ClusterCheck {
  private readonly sent: string[] = [];
  private letters = 0;

  constructor(private readonly laptop: LaptopCluster) {}

  /** Sends a stream in batches, each until it is taken. */
  async send(statements: readonly SentStatement[], size: number): Promise<void> {
    // Whatever becomes of this stream, the next check finds it there.
    this.sent.push(...statements.map(({ id }) => id));
    await this.laptop.sendAll(statements, size);
  }

  /** From here on the log holds so many more facts of which nothing can be made. */
  bad(facts: number): void {
    this.letters += facts;
  }

  async expectNothingLost(): Promise<void> {
    const { laptop } = this;
    await laptop.untilFolded();
    const shown = await laptop.warehouse.tenant(laptop.tenant).ask(ids);
    const [asSent, asShown] = [new Set(this.sent), new Set(shown)];
    const [lost, strange] = [this.sent.filter((id) => !asShown.has(id)), shown.filter((id) => !asSent.has(id))];
    const letters = (await laptop.log.heads('dead-letters')).reduce((sum, head) => sum + head, 0);
    const found = { shown: shown.length, lost, strange, letters };
    expect(found).toEqual({ shown: this.sent.length, lost: [], strange: [], letters: this.letters });
    const { differing } = await verify({ log: laptop.log, warehouse: laptop.warehouse, registry: laptop.registry.folds });
    expect(differing).toEqual([]);
  }

  /** Sends a stream while the faults strike one after the other and the jobs of a tenant are due. */
  async expectNothingLostUnder(stream: number, faults: readonly Fault[]): Promise<void> {
    const statements = statementStream(STATEMENTS, stream);
    const before = await this.laptop.log.heads('statements');
    const tenant = `t${stream}`;
    await tenantWithRisk(this.laptop, tenant, LEARNERS_AT_RISK);
    const striking = (async () => {
      for (const { afterMs, strike } of faults) {
        await sleep(afterMs);
        await strike(this.laptop);
      }
    })();
    const sending = this.send(statements, 20);
    await Promise.allSettled([sending, striking]); // whichever fails: nothing of this goes on into what comes next
    await Promise.all([sending, striking]);
    await this.expectEachAlertOnce(tenant, LEARNERS_AT_RISK);
    await this.expectNothingLost();
    await this.expectOrder(before, statements.map(({ id }) => id)); // prettier-ignore
  }

  async expectEachAlertOnce(tenant: string, learners: number): Promise<void> {
    const { cases, raised } = await untilAlerted(this.laptop, tenant);
    const warned = cases.map(({ latest }) => latest.learner).sort();
    expect(warned).toEqual(Array.from({ length: learners }, (_, n) => `${tenant}-${n}`));
    expect([...raised].sort()).toEqual(cases.map(({ alert }) => alert).sort());
  }

  /** The first position of each statement: within a learner in the order in which they were sent. */
  private async expectOrder(from: readonly number[], order: readonly string[]): Promise<void> {
    const place = new Map(order.map((id, index) => [id, index]));
    for (const [partition, offset] of from.entries()) {
      const last = new Map<string, number>();
      const seen = new Set<string>();
      for (
        let next = offset, page = await this.laptop.log.read('statements', partition, next);
        page.length > 0;
        page = await this.laptop.log.read('statements', partition, next)
      ) {
        for (const { stored } of page) {
          const { id, key, type } = stored as { readonly id: string; readonly key: string; readonly type: string };
          const index = place.get(id);
          if (type !== 'StatementRecorded' || index === undefined || seen.has(id)) continue;
          seen.add(id);
          expect(index).toBeGreaterThan(last.get(key) ?? -1);
          last.set(key, index);
        }
        next = page.at(-1)!.position.offset + 1;
      }
    }
  }

  /** Waits until each projector has its part of the shares. */
  async untilShared(): Promise<void> {
    const all = this.laptop.log.partitions('statements');
    const projectors = this.laptop.cluster.layout.members.filter(({ service }) => service === 'projector');
    const shares = () =>
      Promise.all(
        projectors.map(async ({ port }) => {
          const answer = (await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()) as { readonly shares: number };
          return answer.shares;
        }),
      );
    const fair = all / projectors.length;
    for (let wait = 0; wait < 60 && (await shares()).some((held) => held !== fair); wait++) await sleep(500);
    expect(await shares()).toEqual(projectors.map(() => fair));
  }
}
