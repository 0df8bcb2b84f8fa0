/** From the units of an axis to pixels. */
export type Scale = (value: number) => number;

export const linearScale =
  ([from, to]: readonly [number, number], [low, high]: readonly [number, number]): Scale =>
  (value) =>
    low + ((value - from) / (to - from)) * (high - low);
