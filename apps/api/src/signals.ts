import pg from 'pg';
import type { Db } from './db.js';
import type { Logger } from './logger.js';

/** `run`: the run with this id has moved. `work`: the queue of this name has a new job. */
export type Channel = 'lesionwise_run' | 'lesionwise_work';

/** Called with the payload; with undefined after a reconnection, when any number may have been missed. */
type Hear = (payload: string | undefined) => void;

const reconnectMs = 1000;

/** Sent when the caller's transaction commits, and never if it does not. */
export const signal = (tx: Db, channel: Channel, payload: string) =>
  tx.$executeRaw`SELECT pg_notify(${channel}, ${payload})`;

/**
 * Postgres NOTIFY between processes, on one connection for the whole process. It carries no facts:
 * who hears a signal reads the tables, so a lost one costs time and nothing else.
 */
export class Signals {
  readonly #hears = new Map<Channel, Set<Hear>>();
  #client: Promise<pg.Client> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly logger: Logger,
  ) {}

  /** Resolves once every later signal is heard; the answer ends it. */
  async listen(channel: Channel, hear: Hear): Promise<() => void> {
    const hears = this.#hears.get(channel) ?? new Set();
    this.#hears.set(channel, hears.add(hear));
    try {
      const client = await (this.#client ??= this.#connect());
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      hears.delete(hear);
      throw error;
    }
    return () => void hears.delete(hear);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    const client = await this.#client?.catch(() => undefined);
    await client?.end();
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      keepAlive: true,
      application_name: 'lesionwise-signals',
    });
    client.on('notification', ({ channel, payload }) => {
      for (const hear of this.#hears.get(channel as Channel) ?? []) hear(payload);
    });
    client.on('error', (error) => {
      this.logger.warn({ err: error }, 'signals lost their connection');
    });
    client.on('end', () => {
      this.#reconnectLater();
    });
    try {
      await client.connect();
    } catch (error) {
      this.#reconnectLater();
      throw error;
    }
    return client;
  }

  #reconnectLater(): void {
    if (this.#stopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#client = this.#connect();
      this.#client
        .then((client) => this.#resume(client))
        .catch((error: unknown) => {
          this.logger.warn({ err: error }, 'signals could not reconnect yet');
        });
    }, reconnectMs);
  }

  async #resume(client: pg.Client): Promise<void> {
    for (const [channel, hears] of this.#hears) {
      await client.query(`LISTEN ${channel}`);
      for (const hear of hears) hear(undefined);
    }
  }
}
