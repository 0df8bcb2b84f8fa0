import { expect, it } from 'vitest';
import { markdownBlocks } from './markdown-blocks';

it('reads headings, paragraphs over several lines, and lists with continued items', () => {
  expect(
    markdownBlocks(
      '# multitask\n\nA network of\ntwo heads.\n## Limits\n- small\n- trained on\n  one set\n\nEnd',
    ),
  ).toEqual([
    { kind: 'heading', text: 'multitask' },
    { kind: 'paragraph', text: 'A network of two heads.' },
    { kind: 'heading', text: 'Limits' },
    { kind: 'list', items: ['small', 'trained on one set'] },
    { kind: 'paragraph', text: 'End' },
  ]);
});

it('reads a table without its rule', () => {
  expect(markdownBlocks('| set | AUC |\n|:---|---:|\n| test | 0.86 |')).toEqual([
    {
      kind: 'table',
      rows: [
        ['set', 'AUC'],
        ['test', '0.86'],
      ],
    },
  ]);
});

it('keeps code as it is, and ends where the text ends', () => {
  expect(markdownBlocks('```\n# not a heading\n```\nafter')).toEqual([
    { kind: 'code', text: '# not a heading' },
    { kind: 'paragraph', text: 'after' },
  ]);
  expect(markdownBlocks('```\nnever closed')).toEqual([{ kind: 'code', text: 'never closed' }]);
  expect(markdownBlocks('')).toEqual([]);
});

it('never takes HTML for more than text', () => {
  expect(markdownBlocks('<script>alert(1)</script>')).toEqual([
    { kind: 'paragraph', text: '<script>alert(1)</script>' },
  ]);
});
