import { describe, expect, it } from '@jest/globals';
import { type Position } from '@pharos/event-log';
import { halvesOf, Rooms, TableText } from './table-text.js';

const place = (offset: number): Position => ({ topic: 'statements', partition: 0, offset });

describe('the rows of a table as text', () => {
  it('are lines in the order in which they came, each with its place, however many there are', () => {
    const text = new TableText(new Rooms().take('t'));
    const lines = Array.from({ length: 3_000 }, (_, row) => `row ${row} ${'é'.repeat(200)}\n`);
    lines.forEach((line, row) => text.add(line, place(row)));
    const { bytes, places } = text.all();
    expect(bytes.toString()).toBe(lines.join(''));
    expect(places.map(({ offset }) => offset)).toEqual(lines.map((_, row) => row));
  });

  it('fall into halves that keep lines and places together, down to one row', () => {
    const text = new TableText(new Rooms().take('t'));
    for (const row of [0, 1, 2, 3, 4]) text.add(`${row}é\n`, place(row));
    const [first, second] = halvesOf(text.all());
    expect([first.bytes.toString(), first.places.length]).toEqual(['0é\n1é\n', 2]);
    expect([second.bytes.toString(), second.places.map(({ offset }) => offset)]).toEqual(['2é\n3é\n4é\n', [2, 3, 4]]);
    const [two] = halvesOf(second);
    expect([two.bytes.toString(), two.places]).toEqual(['2é\n', [place(2)]]);
  });

  it('use the room again that a batch before has left, and are those of their own batch', () => {
    const rooms = new Rooms();
    const before = new TableText(rooms.take('t'));
    before.add(`${'a'.repeat(100_000)}\n`, place(0));
    before.all();
    const left = before.leave();
    rooms.give('t', left);
    expect(rooms.take('another')).not.toBe(left);
    const room = rooms.take('t');
    expect(room).toBe(left);
    const text = new TableText(room);
    text.add('b\n', place(1));
    expect(text.all().bytes.toString()).toBe('b\n');
    expect(rooms.take('t')).not.toBe(left);
  });
});
