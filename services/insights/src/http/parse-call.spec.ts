import { describe, expect, it } from '@jest/globals';
import { type RouteShape } from '@pharos/contract';
import { z } from 'zod';
import { parseCall } from './parse-call.js';

const route = {
  params: z.object({ learner: z.string() }),
  query: z.object({ limit: z.coerce.number().optional() }),
  body: z.object({ notes: z.array(z.string()) }),
} as unknown as RouteShape;
const sent = { params: { learner: 'l1' }, query: {}, body: { notes: ['a'] } };

describe('the parts of a request', () => {
  it('are taken as the route describes them', () => {
    expect(parseCall(route, { ...sent, query: { limit: '5' } })).toEqual({ ok: true, ...sent, query: { limit: 5 } });
  });

  it.each([
    ['a query that the route does not know', { ...sent, query: { limmit: '5' } }, 'query'],
    ['a body of another shape', { ...sent, body: { notes: [1] } }, 'body.notes.0'],
    ['text in a path that no table can keep', { ...sent, params: { learner: 'l\0' } }, 'params.learner'],
    ['text in a body that no table can keep', { ...sent, body: { notes: ['a', 'b\0'] } }, 'body.notes.1'],
  ])('are refused with the place of %s', (_, asked, path) => {
    expect(parseCall(route, asked)).toMatchObject({ ok: false, errors: [{ path }] });
  });
});
