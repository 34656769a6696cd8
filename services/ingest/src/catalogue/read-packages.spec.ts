import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { gapsIn } from './gaps.js';
import { readPackage } from './read-packages.js';

const item = (identifier: string, lang: string, body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
  <qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${identifier}" title="Item &amp; ${identifier}" xml:lang="${lang}" adaptive="false" time-dependent="false">
    <qti-item-body><div>${body}</div></qti-item-body>
  </qti-assessment-item>`;
const choice =
  '<qti-choice-interaction response-identifier="R"><qti-simple-choice identifier="A">a</qti-simple-choice></qti-choice-interaction>';
const resource = (id: string, type: string, href: string, inside = '') =>
  `<resource identifier="${id}" type="${type}" href="${href}">${inside}</resource>`;
const lom = (objective: string) =>
  `<metadata><lom:lom xmlns:lom="http://ltsc.ieee.org/xsd/LOM"><lom:educational><lom:typicalLearningTime><lom:duration>PT2M</lom:duration></lom:typicalLearningTime></lom:educational></lom:lom>
   <csm:curriculumStandardsMetadataSet xmlns:csm="x"><csm:setOfGUIDs><csm:labelledGUID><csm:GUID>${objective}</csm:GUID></csm:labelledGUID></csm:setOfGUIDs></csm:curriculumStandardsMetadataSet></metadata>`;
const zip = (files: Readonly<Record<string, string>>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
const bytes = (text: string) => new TextEncoder().encode(text); // prettier-ignore

describe('a package of content', () => {
  const qti = {
    'imsmanifest.xml': `<manifest xmlns="x"><resources>${resource('r1', 'imsqti_item_xmlv3p0', 'items/a.xml', lom('add'))}${resource('r2', 'imsqti_item_xmlv3p0', 'items/b.xml')}${resource('r3', 'webcontent', 'logo.png')}</resources></manifest>`,
    'items/a.xml': item('item-a', 'en', choice),
    'items/b.xml': item('item-b', 'es', '<qti-text-entry-interaction response-identifier="R"/>'),
  };

  it('in QTI 3 gives its items, with skills and time where its metadata names them', () => {
    expect(readPackage(zip(qti), { skill: 'carry' })).toEqual({
      kind: 'qti',
      resources: [
        { resource: 'item-a', title: 'Item & item-a', skills: ['add'], level: null, language: 'en', minutes: 2, format: 'choice' },
        { resource: 'item-b', title: 'Item & item-b', skills: ['carry'], level: null, language: 'es', minutes: null, format: 'text-entry' },
      ],
      passedOver: { webcontent: 1 },
    });
    expect(readPackage(bytes(item('alone', 'en', choice)), { skill: 'add' }).resources).toMatchObject([
      { resource: 'alone', skills: ['add'] },
    ]);
  });

  it('as a Common Cartridge gives what its organisation lists', () => {
    const manifest = `<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><metadata><lomm:lom xmlns:lomm="y"><lomm:general><lomm:language>es</lomm:language></lomm:general></lomm:lom></metadata>
      <organizations><organization><item identifier="root"><item identifier="unit"><title>Unit</title>
        <item identifier="i1" identifierref="r1"><title>Read this</title></item><item identifier="i2" identifierref="r2"><title>Try this</title></item></item></item></organization></organizations>
      <resources>${resource('r1', 'webcontent', 'a.html', lom('add'))}${resource('r2', 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment', 'q.xml')}${resource('r3', 'associatedcontent/imscc_xmlv1p3/learning-application-resource', 'b.css')}</resources></manifest>`;
    expect(readPackage(zip({ 'imsmanifest.xml': manifest }), { skill: 'carry' })).toMatchObject({
      kind: 'common-cartridge',
      resources: [
        { resource: 'r1', title: 'Read this', skills: ['add'], language: 'es', format: 'page' },
        { resource: 'r2', title: 'Try this', skills: ['carry'], format: 'quiz' },
      ],
      passedOver: { 'associatedcontent/imscc_xmlv1p3/learning-application-resource': 1 },
    });
  });

  it('as a cmi5 course structure gives its assignable units', () => {
    const course = `<?xml version="1.0"?><courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"><course id="https://x/course"><title><langstring lang="en">Course</langstring></title></course>
      <objectives><objective id="add"><title><langstring lang="en">Add</langstring></title></objective></objectives>
      <block id="https://x/b"><au id="https://x/au1" moveOn="Passed"><title><langstring lang="en">Adding</langstring></title><objectives><objective idref="add"/></objectives><url>a.html</url></au></block>
      <au id="https://x/au2"><title><langstring lang="es">Llevar</langstring></title><url>b.html</url></au></courseStructure>`;
    const expected = [
      { resource: 'https://x/au1', title: 'Adding', skills: ['add'], language: 'en', format: 'cmi5' },
      { resource: 'https://x/au2', title: 'Llevar', skills: [], language: 'es' },
    ];
    expect(readPackage(bytes(course))).toMatchObject({ kind: 'cmi5', resources: expected });
    expect(readPackage(zip({ 'cmi5.xml': course }))).toMatchObject({ resources: expected });
  });

  it('is refused with the place of what is wrong', () => {
    expect(() => readPackage(bytes('hello'))).toThrow('this is no QTI 3 item or package, Common Cartridge or cmi5');
    expect(() => readPackage(bytes('<courseStructure><au></courseStructure>'))).toThrow(/line 1: this is no XML/);
    expect(() => readPackage(bytes('<courseStructure><au/></courseStructure>'))).toThrow('an au has no id');
    expect(() => readPackage(zip({ 'imsmanifest.xml': qti['imsmanifest.xml'] }))).toThrow('items/a.xml is not in the package');
    expect(() => readPackage(zip({ ...qti, 'items/b.xml': '<assessmentItem identifier="old"/>' }))).toThrow(
      'items/b.xml: <assessmentItem> is no item of QTI 3',
    );
    expect(() => readPackage(Uint8Array.of(0x50, 0x4b, 3, 4, 9, 9))).toThrow('no ZIP archive');
    expect(() => readPackage(bytes('<!DOCTYPE courseStructure [<!ENTITY a "b">]><courseStructure/>'))).toThrow('DOCTYPE');
  });
});

describe('the gap report', () => {
  it('finds every planted empty cell of skill × level × language, and no other', () => {
    const [skills, levels, languages] = [['s1', 's2', 's3', 's4'], ['1', '2', '3'], ['en', 'es', 'fr']];
    const planted = new Set(['s1/1/es', 's2/3/fr', 's3/2/en', 's4/1/en', 's4/1/es', 's4/1/fr']);
    const cells = skills.flatMap((skill) => levels.flatMap((level) => languages.map((language) => ({ skill, level, language }))));
    const resources = cells
      .filter(({ skill, level, language }) => !planted.has(`${skill}/${level}/${language}`))
      .map(({ skill, level, language }, at) => ({ resource: `r${at}`, title: 'r', skills: [skill], level, language, minutes: null, format: null }));
    const found = gapsIn(skills.map((skill) => ({ skill, title: { en: skill }, subject: 's', prerequisites: [] })), resources);
    expect(new Set(found.map(({ skill, level, language }) => `${skill}/${level}/${language}`))).toEqual(planted);
  });
}); // prettier-ignore
