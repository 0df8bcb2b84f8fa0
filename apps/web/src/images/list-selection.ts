/** Which images of a list are chosen, and where the keyboard is. */
export interface ListSelection {
  selected: ReadonlySet<string>;
  /** The second step of select-all: every image of the list, also those not loaded yet. */
  wholeList: boolean;
  /** Index of the image that has the focus. */
  focus: number;
  /** Where a range by Shift starts. */
  anchor: number;
}

export const nothingSelected: ListSelection = {
  selected: new Set(),
  wholeList: false,
  focus: 0,
  anchor: 0,
};

export function toggle(state: ListSelection, ids: readonly string[], index: number): ListSelection {
  const id = ids[index];
  if (id === undefined) return state;
  const selected = new Set(state.selected);
  if (!selected.delete(id)) selected.add(id);
  return { selected, wholeList: false, focus: index, anchor: index };
}

/** Everything from the anchor to `index` is chosen; what was chosen elsewhere stays. */
export function extendTo(
  state: ListSelection,
  ids: readonly string[],
  index: number,
): ListSelection {
  const [from, to] = [Math.min(state.anchor, index), Math.max(state.anchor, index)];
  const selected = new Set([...state.selected, ...ids.slice(from, to + 1)]);
  return { ...state, selected, wholeList: false, focus: index };
}

export function selectLoaded(state: ListSelection, ids: readonly string[]): ListSelection {
  return { ...state, selected: new Set(ids), wholeList: false };
}

/** The index an arrow, Home or End leads to in a grid of `columns`; undefined for any other key. */
export function arrowTarget(
  key: string,
  from: number,
  { columns, count }: { columns: number; count: number },
): number | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return Math.max(count - 1, 0);
  if (step === undefined) return undefined;
  const target = from + step;
  return target >= 0 && target < count ? target : from;
}
