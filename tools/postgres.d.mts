export function freePort(): Promise<number>;
export function startPostgres(
  directory: string,
  options?: { durable?: boolean; port?: number },
): Promise<{ url: (database: string) => string; stop: () => Promise<void> }>;
export function createDatabase(url: string, name: string, template?: string): Promise<void>;
export function dropDatabase(url: string, name: string): Promise<void>;
