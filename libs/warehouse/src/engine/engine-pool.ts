import { type Engine } from './engine.js';

interface Member {
  readonly engine: Promise<Engine>;
  busy: number;
}

/**
 * Connections that stand in for one: each call goes to one that is idle, else a further one is opened up to `size`, else to
 * the one with the fewest calls under way. With a size of 1, calls are run in the order in which they came.
 *
 * A connection that could not be opened is forgotten, so that the next call tries again.
 */
export function enginePool(open: () => Promise<Engine>, size: number): Engine {
  const members: Member[] = [];
  const further = (): Member => {
    const member: Member = { engine: open(), busy: 0 };
    members.push(member);
    member.engine.catch(() => members.splice(members.indexOf(member), 1));
    return member;
  };
  const choose = (): Member => {
    const least = members.reduce<Member | undefined>((best, each) => (best && best.busy <= each.busy ? best : each), undefined);
    return least && (least.busy === 0 || members.length >= size) ? least : further();
  };
  const using = async <T>(work: (engine: Engine) => Promise<T>): Promise<T> => {
    const member = choose();
    member.busy += 1;
    try {
      return await work(await member.engine);
    } finally {
      member.busy -= 1;
    }
  };
  return {
    read: (query, format) => using((engine) => engine.read(query, format)),
    async *stream(query, format) {
      const member = choose();
      member.busy += 1;
      try {
        yield* (await member.engine).stream(query, format);
      } finally {
        member.busy -= 1;
      }
    },
    run: (query) => using((engine) => engine.run(query)),
    insert: (table, columns, rows) => using((engine) => engine.insert(table, columns, rows)),
    async close() {
      for (const { engine } of members.splice(0)) await (await engine).close();
    },
  };
}
