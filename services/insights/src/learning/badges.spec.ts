import { describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { credentialOf, newSigningKey, signCredential } from './badge-credential.js';
import { milestonesOf } from './milestones.js';

const facts = {
  badge: 'b7a3c1de-0000-4000-8000-000000000001', name: 'Sums', skills: [{ skill: 'add', title: { en: 'Adding' } }], awardedAt: '2026-03-01T10:00:00.000Z',
  url: 'https://p.example/api/badges/t/b1', issuer: 'https://p.example/api/badges/t', issuerName: 'North',
}; // prettier-ignore

describe('a badge', () => {
  it('is checked by the issuer’s keys, and by no other’s; what is changed is found', async () => {
    const [key, other] = await Promise.all([newSigningKey(), newSigningKey()]);
    const credential = credentialOf(facts);
    const jwt = await signCredential(credential, key.kid, key.privateJwk);
    const { payload } = await jwtVerify(jwt, createLocalJWKSet({ keys: [key.publicJwk] }), { issuer: facts.issuer });
    expect(payload).toMatchObject({ ...credential, jti: facts.url, sub: `urn:uuid:${facts.badge}` });
    await expect(jwtVerify(jwt, createLocalJWKSet({ keys: [other.publicJwk] }))).rejects.toThrow();
    const [head, body, signature] = jwt.split('.') as [string, string, string];
    const forged = Buffer.from(Buffer.from(body, 'base64url').toString().replace('Sums', 'Suns')).toString('base64url');
    await expect(jwtVerify(`${head}.${forged}.${signature}`, createLocalJWKSet({ keys: [key.publicJwk] }))).rejects.toThrow();
    expect(key.publicJwk).not.toHaveProperty('d');
  });
  it('has the parts that Open Badges 3.0 asks of an achievement credential', () => {
    expect(credentialOf(facts)).toMatchObject({
      type: ['VerifiableCredential', 'OpenBadgeCredential'], issuer: { type: ['Profile'] }, validFrom: facts.awardedAt,
      credentialSubject: { type: ['AchievementSubject'], achievement: { type: ['Achievement'], name: 'Sums', criteria: { narrative: expect.any(String) }, description: 'Mastered: Adding.' } },
    });
  }); // prettier-ignore
});

describe('milestones', () => {
  it('tell the last step that was passed and the next one', () => {
    expect(milestonesOf({ answers: 57, skills: 0, streak: 60 })).toEqual([
      { kind: 'answers', reached: 50, next: 100, now: 57 },
      { kind: 'streak', reached: 60, next: null, now: 60 },
    ]);
  });
});
