import { ImageFileError, MOST_PIXELS } from './image-file.js';
import { assertMaskRuns, MaskRunsBuilder, type MaskRuns } from './mask-runs.js';

/** First byte of the form; another form gets another number. */
const FORM = 1;
/** A row begins with its number of runs and one more, or with this and how many rows repeat the one above. */
const REPEAT = 0;

/**
 * The runs in a few kilobytes, for counting agreements from a database without inflating pictures.
 *
 * The form number, width and height, then for each row either 0 and a count of rows equal to the one above,
 * or one more than its number of runs and its edges: each as the difference to the same edge of the row
 * above where that has as many, else to the edge before it. Numbers are LEB128, differences zigzag.
 *
 * Equal masks are equal bytes. Throws RangeError on a malformed mask.
 */
export function packMaskRuns(mask: MaskRuns): Uint8Array<ArrayBuffer> {
  assertMaskRuns(mask);
  const { widthPx, heightPx, rows, edges } = mask;
  const out = new ByteWriter();
  for (const number of [FORM, widthPx, heightPx]) out.number(number);
  for (let y = 0; y < heightPx; y += 1) {
    const repeated = rowsEqualTo(mask, y);
    if (repeated > 0) {
      out.number(REPEAT);
      out.number(repeated);
      y += repeated - 1;
      continue;
    }
    const [from, to] = [rows[y]!, rows[y + 1]!];
    out.number((to - from) / 2 + 1);
    const above = y > 0 && from - rows[y - 1]! === to - from ? rows[y - 1]! : -1;
    for (let at = from; at < to; at += 1) {
      const before = at === from ? 0 : edges[at - 1]!;
      out.difference(edges[at]! - (above < 0 ? before : edges[above + at - from]!));
    }
  }
  return out.finish();
}

/** How many rows from `y` on are as the row above `y`. */
function rowsEqualTo({ heightPx, rows, edges }: MaskRuns, y: number): number {
  if (y === 0) return 0;
  const [from, length] = [rows[y - 1]!, rows[y]! - rows[y - 1]!];
  let count = 0;
  for (let row = y; row < heightPx; row += 1, count += 1) {
    const at = rows[row]!;
    if (rows[row + 1]! - at !== length) return count;
    for (let i = 0; i < length; i += 1) if (edges[at + i] !== edges[from + i]) return count;
  }
  return count;
}

/**
 * The mask that `packMaskRuns` packed. Throws ImageFileError `UNREADABLE`, never returns part of a mask.
 */
export function unpackMaskRuns(packed: Uint8Array): MaskRuns {
  const from = new ByteReader(packed);
  if (from.number() !== FORM) throw unreadable('its form is unknown');
  const [widthPx, heightPx] = [from.number(), from.number()];
  const pixels = widthPx * heightPx;
  if (pixels < 1 || pixels > MOST_PIXELS) throw unreadable('its size is that of no image');
  const builder = new MaskRunsBuilder(widthPx, heightPx);
  let above: number[] = [];
  for (let y = 0; y < heightPx;) {
    const token = from.number();
    if (token === REPEAT) {
      y += repeatRows(from, builder, { most: y === 0 ? 0 : heightPx - y });
      continue;
    }
    above = readRow(from, 2 * (token - 1), above, widthPx);
    for (let i = 0; i < above.length; i += 2) builder.add(above[i]!, above[i + 1]!);
    builder.endRow();
    y += 1;
  }
  if (!from.isAtEnd()) throw unreadable('it goes on after its last row');
  return builder.finish();
}

function repeatRows(from: ByteReader, builder: MaskRunsBuilder, { most }: { most: number }) {
  const count = from.number();
  if (count < 1 || count > most) throw unreadable('a row repeats what is not there');
  for (let i = 0; i < count; i += 1) builder.repeatRow();
  return count;
}

function readRow(from: ByteReader, length: number, above: number[], widthPx: number): number[] {
  if (length > widthPx + 1) throw unreadable('a row has more runs than columns');
  const isLikeAbove = above.length === length;
  const row: number[] = [];
  for (let i = 0; i < length; i += 1) {
    const before = i === 0 ? -1 : row[i - 1]!;
    const edge = from.difference() + (isLikeAbove ? above[i]! : Math.max(0, before));
    if (edge <= before || edge > widthPx) throw unreadable('the edges of a row do not rise');
    row.push(edge);
  }
  return row;
}

const unreadable = (why: string) =>
  new ImageFileError('UNREADABLE', `this is not a packed mask: ${why}`);

class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  number(value: number): void {
    // Ten bytes hold any whole number that a double does.
    if (this.#length + 10 > this.#bytes.length) this.#grow();
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length] = (rest & 0x7f) | 0x80;
      this.#length += 1;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length] = rest;
    this.#length += 1;
  }

  /** Small numbers of either sign in one byte. */
  difference(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let unit = 1; unit < 2 ** 35; unit *= 128) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw unreadable('it is cut off');
      this.#at += 1;
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
    }
    throw unreadable('a number has no end');
  }

  difference(): number {
    const value = this.number();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
}
