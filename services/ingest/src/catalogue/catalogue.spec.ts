import { describe, expect, it } from '@jest/globals';
import { faultIn } from '@pharos/contract';
import { gapsIn } from './gaps.js';
import { readResourcesCsv } from './read-resources.js';
import { readSkillsCase, readSkillsCsv } from './read-skills.js';

const framework = (associations: readonly object[]) =>
  JSON.stringify({
    CFDocument: { title: 'Grade 9 mathematics', subject: ['Mathematics'] },
    CFItems: [
      { identifier: 'i-1', fullStatement: 'Add integers', humanCodingScheme: 'A.1', educationLevel: ['09'] },
      { identifier: 'i-2', fullStatement: 'Solve linear equations', abbreviatedStatement: 'Linear equations' },
    ],
    CFAssociations: associations,
  });
const link = (associationType: string, origin: string, destination: string) => ({
  associationType,
  originNodeURI: { identifier: origin },
  destinationNodeURI: { identifier: destination },
});

describe('skills of a framework', () => {
  it('come from a CASE package, what precedes being a prerequisite', () => {
    const { skills, passedOver } = readSkillsCase(framework([link('precedes', 'i-1', 'i-2'), link('isRelatedTo', 'i-2', 'elsewhere')]));
    expect(skills).toEqual([
      { skill: 'i-1', title: { en: 'A.1 Add integers' }, subject: 'Mathematics', prerequisites: [], level: '09' },
      { skill: 'i-2', title: { en: 'Linear equations' }, subject: 'Mathematics', prerequisites: ['i-1'] },
    ]);
    expect(passedOver).toEqual({ isRelatedTo: 1 });
  });
  it('are the same across frameworks where a crosswalk says so, and what serves one serves the other', () => {
    const { skills } = readSkillsCase(framework([link('exactMatchOf', 'i-1', 'other-9'), link('exactMatchOf', 'other-8', 'i-2')]));
    expect(skills.map(({ sameAs }) => sameAs)).toEqual([['other-9'], ['other-8']]);
    const resource = { resource: 'r', title: 'r', skills: ['other-9'], level: '09', language: 'en', minutes: null, format: null };
    expect(gapsIn(skills, [resource]).map(({ skill }) => skill)).toEqual(['i-2']);
  });
  it('are refused with the place of what is wrong', () => {
    expect(() => readSkillsCase('{')).toThrow('this is no JSON');
    expect(() => readSkillsCase('{"CFDocument":{"title":"x"},"CFItems":[{"identifier":"i"}]}')).toThrow('CFItems.0.fullStatement');
    expect(() => readSkillsCase(framework([link('precedes', 'i-9', 'i-2')]))).toThrow('CFAssociations.0: unknown item i-9');
    expect(() => readSkillsCsv('skill,name\na,A')).toThrow('line 1: columns missing: title');
    expect(() => readSkillsCsv('skill,title\na,A\n,B')).toThrow('line 3: skill is empty');
  });
  it('that go in a circle are told with the way round', () => {
    const { skills } = readSkillsCase(framework([link('precedes', 'i-1', 'i-2'), link('precedes', 'i-2', 'i-1')]));
    expect(faultIn({ skills: [...skills], items: [] })).toBe('prerequisites go in a circle: i-1 → i-2 → i-1');
    const csv = readSkillsCsv('skill,title,prerequisites\na,A,b; c\nb,B,\n');
    expect(faultIn({ skills: [...csv.skills], items: [] })).toBe('unknown skill: a → c');
  });
  it('come from CSV in two languages, with levels and prefixes', () => {
    expect(readSkillsCsv('skill,title,title_es,subject,level,prefixes\nadd,Adding,Sumar,Maths,1,https://x/;https://y/').skills).toEqual([
      { skill: 'add', title: { en: 'Adding', es: 'Sumar' }, subject: 'Maths', prerequisites: [], prefixes: ['https://x/', 'https://y/'], level: '1' },
    ]); // prettier-ignore
  });
});

describe('the content catalogue', () => {
  const csv = 'resource,skills,level,language,minutes,format\nhttps://r/1,add,1,en,5,video\nhttps://r/2,add; carry,2,es,,text\n';
  it('reads resources, and a plain mapping of items to skills', () => {
    expect(readResourcesCsv(csv)).toMatchObject([{ resource: 'https://r/1', skills: ['add'], minutes: 5 }, { skills: ['add', 'carry'], minutes: null }]); // prettier-ignore
    expect(readResourcesCsv('item,skill,weight\nhttps://i/1,add,1\nhttps://i/1,carry,0.5\n')).toMatchObject([{ resource: 'https://i/1', skills: ['add', 'carry'] }]); // prettier-ignore
    expect(() => readResourcesCsv(csv.replace(',5,', ',soon,'))).toThrow('line 2: minutes is "soon"');
  });
  it('finds every planted gap and no other', () => {
    const skills = ['add', 'carry'].map((skill) => ({ skill, title: { en: skill }, subject: 'Maths', prerequisites: [] }));
    const full = skills.flatMap(({ skill }) =>
      ['1', '2'].flatMap((level) => ['en', 'es'].map((language) => ({ resource: `https://r/${skill}/${level}/${language}`, title: '', skills: [skill], level, language, minutes: null, format: null }))),
    ); // prettier-ignore
    expect(gapsIn(skills, full)).toEqual([]);
    expect(gapsIn(skills, full.filter((_, at) => at !== 2 && at !== 5))).toEqual([{ skill: 'add', level: '2', language: 'en' }, { skill: 'carry', level: '1', language: 'es' }]); // prettier-ignore
    expect(gapsIn([{ ...skills[0]!, level: '2' }], full.slice(0, 2))).toEqual([{ skill: 'add', level: '2', language: 'en' }, { skill: 'add', level: '2', language: 'es' }]); // prettier-ignore
  });
});
