import { describe, expect, it } from '@jest/globals';
import { credentialScopes, grants, needs, scopesFor } from './scopes.js';

describe('scopes', () => {
  it('grant each need by its narrowest scope, and never by none', () => {
    for (const need of needs) {
      expect(grants([scopesFor(need)[0]!], need)).toBe(true);
      expect(grants([], need)).toBe(false);
      expect(grants(['everything'], need)).toBe(false);
    }
    expect(new Set(needs).size).toBe(needs.length);
  });

  it.each([
    ['all/read', ['statements/read/mine', 'statements/read', 'state/read', 'profile/read', 'activities/read', 'agents/read']],
    ['statements/write', ['statements/write']],
    ['statements/read/mine', ['statements/read/mine', 'activities/read']],
    ['statements/read', ['statements/read/mine', 'statements/read', 'activities/read', 'agents/read']],
    ['state', ['state/read', 'state/write', 'activities/read']],
    ['profile', ['profile/read', 'profile/write', 'activities/read', 'agents/read']],
    ['define', ['activities/read', 'define']],
  ] as const)('%s grants what the specification gives it, and no more', (scope, granted) => {
    expect(needs.filter((need) => grants([scope], need))).toEqual(granted);
  });

  it('all reads and writes everything of the specification, and nothing that is Pharos own', () => {
    const own = ['authority/write', 'history/write', 'roster/write', 'answers/read'];
    expect(needs.filter((need) => !grants(['all'], need))).toEqual(own);
    expect(credentialScopes.filter((scope) => own.includes(scope))).toEqual(own);
  });
});
