import { type Block, escaped, type Report, type ReportTable, type Section } from './report.js';

/** One page that stands alone: no script, no address it would have to ask. */
export const reportHtml = ({ title, subtitle, notices, sections }: Report) =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    `<h1>${escaped(title)}</h1>`,
    `<p class="subtitle">${escaped(subtitle)}</p>`,
    ...notices.map((notice) => `<p class="notice">${escaped(notice)}</p>`),
    contents(sections),
    ...sections.map(section),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');

const contents = (sections: readonly Section[]) =>
  `<nav aria-label="Contents"><ol>${sections
    .map(({ id, title }) => `<li><a href="#${id}">${escaped(title)}</a></li>`)
    .join('')}</ol></nav>`;

const section = ({ id, title, blocks }: Section) =>
  `<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${escaped(title)}</h2>\n${blocks.map(block).join('\n')}\n</section>`;

function block(content: Block): string {
  switch (content.kind) {
    case 'text':
      return content.text
        .split(/\n{2,}/)
        .map((paragraph) => `<p>${escaped(paragraph)}</p>`)
        .join('\n');
    case 'missing':
      return `<p class="missing"><strong>Missing:</strong> ${escaped(content.text)}</p>`;
    case 'facts':
      return `<dl>${content.facts
        .map(([term, value]) => `<dt>${escaped(term)}</dt><dd>${escaped(value)}</dd>`)
        .join('')}</dl>`;
    case 'table':
      return tableHtml(content);
    case 'figure':
      return `<figure><div role="img" aria-label="${escaped(content.alternative)}">${content.svg}</div><figcaption>${escaped(content.caption)}</figcaption></figure>`;
  }
}

function tableHtml({ caption, head, rows, numbersFrom }: ReportTable): string {
  const align = (column: number) => (column >= numbersFrom ? ' class="number"' : '');
  const heads = head
    .map((cell, i) => (cell ? `<th scope="col"${align(i)}>${escaped(cell)}</th>` : '<td></td>'))
    .join('');
  const body = rows
    .map(
      (cells) =>
        `<tr>${cells.map((cell, i) => `<td${align(i)}>${escaped(cell)}</td>`).join('')}</tr>`,
    )
    .join('\n');
  // It scrolls by itself on a narrow screen, and can be reached by keyboard for that.
  return `<div class="table" role="region" tabindex="0" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><thead><tr>${heads}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}

const style = `
:root { color-scheme: light; font: 15px/1.5 Roboto, "Helvetica Neue", Arial, sans-serif; color: #1c2024; background: #fff; }
main { max-width: 860px; margin: 0 auto; padding: 32px 24px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0; }
h2 { font-size: 19px; margin: 36px 0 8px; border-bottom: 1px solid #cdced6; padding-bottom: 4px; }
.subtitle { color: #60646c; margin: 4px 0 16px; }
.notice { border: 1px solid #cdced6; border-left: 4px solid #60646c; padding: 6px 12px; margin: 8px 0; }
.missing { border-left: 4px solid #ad5700; background: #fff7ed; padding: 6px 12px; }
nav ol { columns: 3; padding-left: 20px; }
nav a { display: inline-block; min-width: 24px; min-height: 24px; }
a { color: #0b57d0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; }
dt { color: #60646c; }
dd { margin: 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; margin: 16px 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 4px; }
th, td { text-align: left; vertical-align: top; padding: 4px 10px 4px 0; border-bottom: 1px solid #e0e1e6; }
th { color: #60646c; font-weight: 600; }
.number { text-align: right; }
figure { margin: 20px 0; }
figure svg { max-width: 100%; height: auto; }
figcaption { color: #60646c; }
@media print {
  :root { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  nav { display: none; }
  h2 { break-after: avoid; }
  figure, tr, dl { break-inside: avoid; }
  .table { overflow: visible; }
  @page { margin: 18mm; }
}
`;
