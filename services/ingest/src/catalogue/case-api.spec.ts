import { describe, expect, it } from '@jest/globals';
import { readCaseApi } from './case-api.js';

const frameworks = Array.from({ length: 5 }, (_, at) => ({
  CFDocument: { title: `Framework ${at}`, identifier: `d${at}` },
  CFItems: [{ identifier: `i${at}`, fullStatement: `Skill ${at}` }],
  CFAssociations:
    at === 0
      ? [{ associationType: 'exactMatchOf', originNodeURI: { identifier: 'i0' }, destinationNodeURI: { identifier: 'i4' } }]
      : [{ associationType: 'isRelatedTo', originNodeURI: { identifier: `i${at}` }, destinationNodeURI: { identifier: 'x' } }],
}));

/** A server that gives two documents a page, whatever is asked for. */
const server = (asked: string[], withTotal: boolean): typeof fetch =>
  ((address: string) => {
    const url = new URL(address);
    asked.push(url.pathname + url.search);
    const one = /CFPackages\/d(\d)$/.exec(url.pathname)?.[1];
    if (one !== undefined) return Promise.resolve(Response.json(frameworks[Number(one)]));
    if (!url.pathname.endsWith('/CFDocuments')) return Promise.resolve(new Response('', { status: 404 }));
    const from = Number(url.searchParams.get('offset'));
    const page = frameworks.slice(from, from + 2).map(({ CFDocument }) => CFDocument);
    return Promise.resolve(Response.json({ CFDocuments: page }, { headers: withTotal ? { 'x-total-count': '5' } : {} }));
  }) as typeof fetch;

describe('frameworks of a CASE server', () => {
  it.each([[true], [false]])('are read page by page to the last (a total is told: %s)', async (withTotal) => {
    const asked: string[] = [];
    const { skills, passedOver } = await readCaseApi('https://case.example/ims/case/v1p1/', server(asked, withTotal));
    expect(skills.map(({ skill }) => skill)).toEqual(['i0', 'i1', 'i2', 'i3', 'i4']);
    expect(skills[0]).toMatchObject({ sameAs: ['i4'], subject: 'Framework 0' });
    expect(passedOver).toEqual({ isRelatedTo: 4 });
    expect(asked.filter((path) => path.includes('CFDocuments'))).toHaveLength(withTotal ? 3 : 4);
  });

  it('may be one package', async () => {
    const asked: string[] = [];
    expect((await readCaseApi('https://case.example/ims/case/v1p1/CFPackages/d3', server(asked, true))).skills).toMatchObject([
      { skill: 'i3' },
    ]);
    expect(asked).toHaveLength(1);
  });

  it('are refused with the address that does not answer', async () => {
    await expect(readCaseApi('https://case.example/CFPackages/none', server([], true))).rejects.toThrow('CFPackages/none answers 404');
    const silent = (() => Promise.resolve(new Response('hello'))) as typeof fetch;
    await expect(readCaseApi('https://case.example', silent)).rejects.toThrow('does not answer with CFDocuments');
  });
});
