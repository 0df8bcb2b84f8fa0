export type Block =
  | { kind: 'heading' | 'paragraph' | 'code'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; rows: string[][] };

/**
 * The Markdown that model cards use: headings, paragraphs, lists, tables, code. Anything else stays as
 * the text it is. No library: 20 kB to show a page of prose, and none of them may emit HTML here.
 */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length;) at += readBlock(lines, at, blocks);
  return blocks;
}

/** Reads one block and gives the number of lines it took. */
function readBlock(lines: readonly string[], at: number, blocks: Block[]): number {
  const line = lines[at] ?? '';
  if (line.trim() === '') return 1;
  if (line.startsWith('```')) return readCode(lines, at, blocks);
  if (/^#{1,6} /.test(line)) {
    blocks.push({ kind: 'heading', text: line.replace(/^#+ /, '').trim() });
    return 1;
  }
  if (/^\s*[-*] /.test(line)) {
    const items = takeWhile(lines, at, isListLine);
    blocks.push({ kind: 'list', items: joinItems(items) });
    return items.length;
  }
  if (line.trimStart().startsWith('|')) {
    const rows = takeWhile(lines, at, (one) => one.trimStart().startsWith('|'));
    blocks.push({ kind: 'table', rows: rows.filter((row) => !/^[\s|:-]+$/.test(row)).map(cells) });
    return rows.length;
  }
  const words = takeWhile(lines, at, isProse);
  blocks.push({ kind: 'paragraph', text: words.map((word) => word.trim()).join(' ') });
  return words.length;
}

function readCode(lines: readonly string[], at: number, blocks: Block[]): number {
  const code = takeWhile(lines, at + 1, (line) => !line.startsWith('```'));
  blocks.push({ kind: 'code', text: code.join('\n') });
  return code.length + 2;
}

function takeWhile(lines: readonly string[], from: number, holds: (line: string) => boolean) {
  const end = lines.findIndex((line, index) => index >= from && !holds(line));
  return lines.slice(from, end < 0 ? undefined : end);
}

/** An item, or the indented rest of one. */
const isListLine = (line: string) => /^\s*[-*] |^\s{2,}\S/.test(line);

const isProse = (line: string) => line.trim() !== '' && !/^(#{1,6} |```|\s*[-*] |\s*\|)/.test(line);

function joinItems(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    const [, first] = /^\s*[-*] (.*)$/.exec(line) ?? [];
    if (first === undefined) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else items.push(first.trim());
  }
  return items;
}

const cells = (row: string) =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim());
