/** How numbers and times are written. Nothing here works out a statistic. */

const thinSpace = '\u202f';
const trueMinus = '\u2212';
const day = 24 * 60 * 60_000;

/** 1 604, with a thin space that does not break. */
export const formatCount = (count: number) =>
  withMinus(
    count,
    Math.abs(count)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, thinSpace),
  );

/** "1 image", "2 images". */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** An estimate's value, a score or a Jaccard index: three decimals. */
export const formatValue = (value: number) => fixed(value, 3);

/** `[0.80, 0.90]` */
export const formatInterval = (low: number, high: number) =>
  `[${fixed(low, 2)}, ${fixed(high, 2)}]`;

/** A sensitivity, a specificity, a share: two decimals. */
export const formatProportion = (value: number) => fixed(value, 2);

/** A difference: three decimals and always its sign, which zero has none of. */
export const formatDifference = (value: number) => signed(value, 3);

/** `[−0.01, +0.05]`; with a third decimal where an end would else be rounded to zero and lose its side. */
export function formatDifferenceInterval(low: number, high: number) {
  const decimals = [low, high].some((end) => end !== 0 && Math.abs(end) < 0.005) ? 3 : 2;
  return `[${signed(low, decimals)}, ${signed(high, decimals)}]`;
}

/** `= 0.57`, `< 0.001`: two decimals, three below 0.01 and where two would hide the side of 0.05. */
export function formatP(p: number) {
  if (p < 0.001) return '< 0.001';
  const isNear = p >= 0.045 && p < 0.055;
  return `= ${p.toFixed(p < 0.01 || isNear ? 3 : 2)}`;
}

/** The same without the sign of equality, for a column of p-values. */
export const formatPCell = (p: number) => formatP(p).replace('= ', '');

/** `45 %` of a share in [0, 1]. */
export const formatPercent = (share: number) => `${fixed(share * 100, 0)}${thinSpace}%`;

function fixed(value: number, decimals: number) {
  const text = Math.abs(value).toFixed(decimals);
  // -0.0004 to three decimals is 0.000, and zero has no sign.
  return Number(text) === 0 ? text : withMinus(value, text);
}

function signed(value: number, decimals: number) {
  const text = fixed(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

const withMinus = (value: number, text: string) => (value < 0 ? trueMinus + text : text);

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** Decimal units, as file managers and drives use them: 48.6 MB. */
export function formatBytes(bytes: number) {
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < byteUnits.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${size.toFixed(digits)} ${byteUnits[unit] ?? ''}`;
}

/** 41 ms, 7 s, 3 min, 2 h 5 min: as exact as one needs to decide whether to wait. */
export function formatDuration(seconds: number) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
}

export const formatRate = (perSecond: number) =>
  `${perSecond >= 100 ? formatCount(Math.round(perSecond)) : perSecond.toFixed(1)} images/s`;

/** How far a moment may seem to lie ahead: clocks differ, and a page looks at its own now and then. */
const clockErrorMs = 60_000;

/** "3 min ago" under a day, else the date: 14 Nov, or 14 Nov 2025 in another year. */
export function formatRelative(iso: string, now: Date, timeZone?: string) {
  const then = new Date(iso);
  const ago = now.getTime() - then.getTime();
  if (ago > -clockErrorMs && ago < day)
    return ago < 1000 ? 'now' : `${formatDuration(Math.floor(ago / 1000))} ago`;
  return formatDate(then, now, timeZone);
}

function formatDate(then: Date, now: Date, timeZone?: string) {
  const year = (date: Date) =>
    new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone }).format(date);
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(year(then) === year(now) ? {} : { year: 'numeric' }),
    timeZone,
  }).format(then);
}

/** The exact moment, for a tooltip: 14 Nov 2026, 09:31:04 GMT+1. */
export const formatMoment = (iso: string, timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(new Date(iso));

/** 09:31:04 */
export const formatClock = (moment: Date, timeZone?: string) =>
  new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone }).format(moment);

/** The ends of a hash, enough to tell two apart by eye: c90a1f7e…885d. */
export const shortHash = (hash: string) =>
  hash.length <= 14 ? hash : `${hash.slice(0, 8)}…${hash.slice(-4)}`;
