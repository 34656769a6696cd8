import { z } from 'zod';
import { UnreadableTable } from '../oulad/read-table.js';
import { readSkillsCase, type ReadSkills } from './read-skills.js';

const documents = z.object({ CFDocuments: z.array(z.object({ identifier: z.string().min(1), title: z.string().optional() })) });

/** Documents asked for at once; servers may give fewer. */
const PAGE = 100;
/** A server that never ends its pages is not followed for ever. */
const MOST_PAGES = 1_000;

/**
 * All frameworks of a server of 1EdTech CASE 1.1: its documents page by page (`limit` and `offset`, to the last page that `X-Total-Count` or an empty one tells),
 * then each one's package. Crosswalks between them are kept.
 *
 * @param base up to the version: `https://standards.example/ims/case/v1p1`; or one package, `…/CFPackages/ID`
 * @throws UnreadableTable naming the address that does not answer as CASE does
 * @example (await readCaseApi('https://standards.example/ims/case/v1p1', fetch)).skills.length
 */
export async function readCaseApi(base: string, fetcher: typeof fetch): Promise<ReadSkills> {
  const root = base.replace(/\/+$/, '');
  const packages = /\/CFPackages\/[^/]+$/.test(root) ? [root] : await packagesOf(root, fetcher);
  const skills: ReadSkills['skills'][number][] = [];
  const passedOver: Record<string, number> = {};
  for (const address of packages) {
    const read = readSkillsCase(await (await answerOf(address, fetcher)).text());
    skills.push(...read.skills);
    for (const [type, count] of Object.entries(read.passedOver)) passedOver[type] = (passedOver[type] ?? 0) + count;
  }
  return { skills, passedOver };
}

async function packagesOf(root: string, fetcher: typeof fetch): Promise<readonly string[]> {
  const found = new Set<string>();
  for (let page = 0, offset = 0; page < MOST_PAGES; page++) {
    const address = `${root}/CFDocuments?limit=${PAGE}&offset=${offset}`;
    const answer = await answerOf(address, fetcher);
    const parsed = documents.safeParse(await answer.json().catch(() => null));
    if (!parsed.success) throw new UnreadableTable(`${address} does not answer with CFDocuments`);
    const before = found.size;
    for (const { identifier } of parsed.data.CFDocuments) found.add(`${root}/CFPackages/${encodeURIComponent(identifier)}`);
    offset += parsed.data.CFDocuments.length;
    const total = Number(answer.headers.get('x-total-count') ?? NaN);
    // A server that knows no offset gives the same page again.
    if (parsed.data.CFDocuments.length === 0 || found.size === before || offset >= total) break;
  }
  return [...found];
}

async function answerOf(address: string, fetcher: typeof fetch): Promise<Response> {
  const answer = await fetcher(address, { headers: { accept: 'application/json' }, redirect: 'error' });
  if (!answer.ok) throw new UnreadableTable(`${address} answers ${answer.status}`);
  return answer;
}
