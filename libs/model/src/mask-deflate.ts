/**
 * A zlib stream (RFC 1950, 1951) of bytes that come in runs, as the filtered rows of a mask do: nearly all
 * are 0. Each run is a literal and copies of it at distance 1, in one block whose code is the same for every
 * mask, so nothing is searched for and nothing is counted.
 */
export class MaskDeflate {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;
  #held = 0;
  #heldBits = 0;
  /** The run that may still grow. */
  #value = 0;
  #count = 0;
  /** Adler-32 of all bytes so far, its two sums. */
  #a = 1;
  #b = 0;

  begin(): void {
    [this.#length, this.#held, this.#heldBits] = [0, 0, 0];
    [this.#value, this.#count, this.#a, this.#b] = [0, 0, 1, 0];
    for (const byte of ZLIB_HEADER) this.#write(byte, 8);
    for (const [bits, length] of CODE.header) this.#write(bits, length);
  }

  /** Adds a byte `count` times. */
  add(value: number, count: number): void {
    if (count === 0) return;
    if (value === this.#value) {
      this.#count += count;
      return;
    }
    this.#flush();
    this.#value = value;
    this.#count = count;
  }

  end(): void {
    this.#flush();
    this.#symbol(END_OF_BLOCK);
    if (this.#heldBits > 0) this.#write(0, 8 - this.#heldBits);
    for (const sum of [this.#b, this.#a]) {
      this.#write(sum >> 8, 8);
      this.#write(sum & 0xff, 8);
    }
  }

  /** What was written; the next `begin` writes over it. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #flush(): void {
    const [value, count] = [this.#value, this.#count];
    if (count === 0) return;
    this.#symbol(value);
    let rest = count - 1;
    while (rest >= SHORTEST_COPY) {
      const length = Math.min(rest, LONGEST_COPY);
      this.#write(CODE.copies[length]!, CODE.copyBits[length]!);
      rest -= length;
    }
    for (; rest > 0; rest -= 1) this.#symbol(value);
    this.#sum(value, count);
    this.#count = 0;
  }

  /** A run's share in both sums, as n bytes one after the other would give it. */
  #sum(value: number, count: number): void {
    const before = this.#a;
    this.#a = (before + value * count) % ADLER;
    this.#b = (this.#b + before * count + value * ((count * (count + 1)) / 2)) % ADLER;
  }

  #symbol(symbol: number): void {
    this.#write(CODE.symbols[symbol]!, CODE.symbolBits[symbol]!);
  }

  /** Bits go out from the lowest; never more than 24 at once. */
  #write(bits: number, count: number): void {
    this.#held |= bits << this.#heldBits;
    this.#heldBits += count;
    if (this.#length + 4 > this.#bytes.length) this.#grow();
    while (this.#heldBits >= 8) {
      this.#bytes[this.#length] = this.#held & 0xff;
      this.#length += 1;
      this.#held >>>= 8;
      this.#heldBits -= 8;
    }
  }

  #grow(): void {
    const larger = new Uint8Array(2 * this.#bytes.length);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** Deflate with a 32 kB window, fastest; the pair is a multiple of 31, as RFC 1950 asks. */
const ZLIB_HEADER = [0x78, 0x01];
const ADLER = 65_521;
const END_OF_BLOCK = 256;
const SHORTEST_COPY = 3;
const LONGEST_COPY = 258;

interface Code {
  /** Bits of the block's header and of its code, as pairs of bits and their number. */
  header: [number, number][];
  symbols: Uint16Array;
  symbolBits: Uint8Array;
  /** A copy by its length: its symbol, its extra bits and the distance 1. */
  copies: Uint32Array;
  copyBits: Uint8Array;
}

/** Length symbols 257 to 285: the shortest length of each, and its number of extra bits (RFC 1951, 3.2.5). */
const COPY_BASES = [
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115],
  ...[131, 163, 195, 227, 258],
];
const COPY_EXTRA_BITS = [
  ...[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
];

/**
 * How often each symbol comes, about, from what masks are made of. Any numbers are right; with these the
 * masks of 60 validation images of ISIC 2017 at 6 megapixels take 7.7 kB each, and 10.9 kB by zlib's fastest.
 */
function weightOf(symbol: number): number {
  if (symbol === 0) return 3000; // begins nearly every run
  if (symbol === FILTER_OF_ROW) return 2000;
  if (symbol === 285) return 1500; // 258 at once
  if (symbol > END_OF_BLOCK) return 60 + 12 * (symbol - END_OF_BLOCK); // longer stretches are likelier
  if (symbol === END_OF_BLOCK) return 1;
  // An edge that moves turns neighbouring pixels over: a byte changes by 2^k - 2^j, up or down.
  const change = Math.min(symbol, 256 - symbol);
  return Number.isInteger(Math.log2(change & -change)) && isStretchOfOnes(change) ? 60 : 4;
}
const FILTER_OF_ROW = 2;
const isStretchOfOnes = (byte: number) => {
  const shifted = byte / (byte & -byte);
  return (shifted & (shifted + 1)) === 0;
};

/** Lengths of a Huffman code over these weights. */
function codeLengths(weights: number[]): number[] {
  const nodes = weights.map((weight, symbol) => ({ weight, symbols: [symbol] }));
  const lengths = weights.map(() => 0);
  while (nodes.length > 1) {
    nodes.sort((a, b) => b.weight - a.weight);
    const [a, b] = [nodes.pop()!, nodes.pop()!];
    const symbols = [...a.symbols, ...b.symbols];
    for (const symbol of symbols) lengths[symbol]! += 1;
    nodes.push({ weight: a.weight + b.weight, symbols });
  }
  return lengths;
}

/** The code words that RFC 1951 gives to these lengths, turned round: it sends them from the highest bit. */
function codeWords(lengths: number[]): Uint16Array {
  const words = new Uint16Array(lengths.length);
  let word = 0;
  for (let length = 1; length <= 15; length += 1) {
    lengths.forEach((own, symbol) => {
      if (own !== length) return;
      words[symbol] = reversed(word, length);
      word += 1;
    });
    word <<= 1;
  }
  return words;
}

function reversed(word: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit += 1)
    if (word & (1 << bit)) turned |= 1 << (length - 1 - bit);
  return turned;
}

function buildCode(): Code {
  const lengths = codeLengths(Array.from({ length: 286 }, (_, symbol) => weightOf(symbol)));
  const symbols = codeWords(lengths);
  const copies = new Uint32Array(LONGEST_COPY + 1);
  const copyBits = new Uint8Array(LONGEST_COPY + 1);
  for (let length = SHORTEST_COPY; length <= LONGEST_COPY; length += 1) {
    const at = COPY_BASES.findLastIndex((base) => base <= length);
    const [bits, symbol] = [COPY_EXTRA_BITS[at]!, END_OF_BLOCK + 1 + at];
    // After the extra bits comes the distance: the one code there is, a single 0.
    copies[length] = symbols[symbol]! | ((length - COPY_BASES[at]!) << lengths[symbol]!);
    copyBits[length] = lengths[symbol]! + bits + 1;
  }
  const symbolBits = Uint8Array.from(lengths);
  return { header: blockHeader(lengths), symbols, symbolBits, copies, copyBits };
}

/** The last block, with a code of its own: its lengths in four bits each, without any shortening. */
function blockHeader(lengths: number[]): [number, number][] {
  const all = [...lengths, 1]; // and one distance
  const lengthOfLengths = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const words = codeWords(Array.from({ length: 16 }, () => 4));
  return [
    [1, 1], // the last block
    [2, 2], // with a code of its own
    [lengths.length - 257, 5],
    [0, 5], // one distance
    [lengthOfLengths.length - 4, 4],
    ...lengthOfLengths.map<[number, number]>((symbol) => [symbol < 16 ? 4 : 0, 3]),
    ...all.map<[number, number]>((length) => [words[length]!, 4]),
  ];
}

const CODE = buildCode();
