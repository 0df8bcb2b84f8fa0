import { describe, expect, it } from 'vitest';
import { csv } from './csv';

describe('csv', () => {
  it('writes plain cells as they are and ends each line', () => {
    expect(
      csv([
        ['code', 'count'],
        ['MASK_SIZE', 2],
      ]),
    ).toBe('code,count\r\nMASK_SIZE,2\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(csv([['a,b', 'say "x"', 'one\ntwo']])).toBe('"a,b","say ""x""","one\ntwo"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =cmd'])(
    'disarms %j, which a spreadsheet would run',
    (text) => {
      const [line] = csv([[text]]).split('\r\n');
      expect(line!.replace(/^"/, '').startsWith("'")).toBe(true);
      expect(line).toContain(text);
    },
  );

  it('leaves a negative number a number', () => {
    expect(csv([[-3]])).toBe('-3\r\n');
  });
});
