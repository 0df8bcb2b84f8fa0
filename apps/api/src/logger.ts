import { pino, type Logger } from 'pino';

export type { Logger };

/** One JSON line an event: ids, durations, counts, codes. Never pixels, names, file names or request bodies. */
export const createLogger = (name: string, level: string): Logger =>
  pino({ name, level, base: { name } });
