export function prismaEnvironment(databaseUrl?: string): NodeJS.ProcessEnv;
export function prisma(args: string[], databaseUrl?: string, options?: { quiet?: boolean }): string;
