/** Lets at most `most` pieces of work run at once; the others wait their turn. */
export function createLimit(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place goes straight to the next in line, if there is one.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/**
 * Does the work on every item, at most `most` at once, and returns what came of it in the items' order.
 * After a failure or an abort no further item is begun; what is under way is awaited before it rejects.
 */
export async function mapLimited<Item, T>(
  items: readonly Item[],
  most: number,
  work: (item: Item, index: number) => Promise<T>,
  signal?: AbortSignal,
): Promise<T[]> {
  const done = new Array<T>(items.length);
  let next = 0;
  let failure: { cause: unknown } | undefined;
  const lane = async () => {
    while (next < items.length && !failure) {
      const index = next;
      next += 1;
      try {
        signal?.throwIfAborted();
        done[index] = await work(items[index]!, index);
      } catch (cause) {
        failure ??= { cause };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, lane));
  if (failure) throw failure.cause;
  return done;
}
