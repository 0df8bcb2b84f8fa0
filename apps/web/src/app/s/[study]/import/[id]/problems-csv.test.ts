import { expect, it } from 'vitest';
import { problemsCsv } from './problems-csv';

const problem = {
  severity: 'ERROR' as const,
  code: 'MASK_SIZE',
  subject: 'mask',
  message: 'Mask is 2 × 2, image is 3 × 3',
  fix: 'Export it again.',
  examples: ['a.png', '=cmd()'],
  count: 7,
};

it('writes one line for each place, and none of them is a formula', () => {
  expect(problemsCsv([problem]).split('\r\n')).toEqual([
    'severity,kind,what,where,problem,fix,count_of_kind',
    'error,MASK_SIZE,mask,a.png,"Mask is 2 × 2, image is 3 × 3",Export it again.,7',
    `error,MASK_SIZE,mask,'=cmd(),"Mask is 2 × 2, image is 3 × 3",Export it again.,7`,
    '',
  ]);
});

it('keeps a problem that has no place', () => {
  expect(problemsCsv([{ ...problem, examples: [] }])).toContain('error,MASK_SIZE,mask,,');
});
