'use client';

import { useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import {
  arrowTarget,
  extendTo,
  nothingSelected,
  selectLoaded,
  toggle,
  type ListSelection,
} from '@/images/list-selection';
import { isTyping } from '@/ui/typing';

export interface ListKeys {
  selection: ListSelection;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: FocusEvent) => void;
  /** `isRange` when Shift is held. */
  toggleAt: (index: number, isRange: boolean) => void;
  toggleAll: () => void;
  selectWholeList: () => void;
  clear: () => void;
}

/** Items of the list carry `data-index` on the element that takes the focus. */
export function useListKeys(grid: RefObject<HTMLElement | null>, ids: readonly string[]): ListKeys {
  const [selection, setSelection] = useState(nothingSelected);

  const focusItem = (index: number) => {
    grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const at = indexOf(event.target);
    if (at === undefined) return;
    if (event.key === ' ') {
      event.preventDefault();
      setSelection((state) => toggle(state, ids, at));
      return;
    }
    const target = arrowTarget(event.key, at, { columns: columnsOf(grid), count: ids.length });
    if (target === undefined) return;
    event.preventDefault();
    if (event.shiftKey) setSelection((state) => extendTo(anchored(state, at), ids, target));
    focusItem(target);
  };

  return {
    selection,
    onKeyDown,
    onFocus: ({ target }) => {
      const at = indexOf(target);
      if (at !== undefined) setSelection((state) => ({ ...state, focus: at }));
    },
    toggleAt: (index, isRange) => {
      setSelection((state) => (isRange ? extendTo(state, ids, index) : toggle(state, ids, index)));
    },
    toggleAll: () => {
      setSelection((state) =>
        state.selected.size >= ids.length ? nothingSelected : selectLoaded(state, ids),
      );
    },
    selectWholeList: () => {
      setSelection((state) => ({ ...selectLoaded(state, ids), wholeList: true }));
    },
    clear: () => {
      setSelection((state) => ({ ...nothingSelected, focus: state.focus }));
    },
  };
}

/** A range begins where the focus was when Shift went down. */
const anchored = (state: ListSelection, at: number) =>
  state.selected.size === 0 ? { ...state, anchor: at } : state;

function indexOf(target: EventTarget): number | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const index = target.dataset['index'];
  return index === undefined ? undefined : Number(index);
}

/** How many items stand in the first row; the layout decides that, not we. */
function columnsOf(grid: RefObject<HTMLElement | null>): number {
  const items = [...(grid.current?.querySelectorAll<HTMLElement>('[data-index]') ?? [])];
  const top = items[0]?.getBoundingClientRect().top;
  const next = items.findIndex((item) => item.getBoundingClientRect().top !== top);
  return Math.max(next === -1 ? items.length : next, 1);
}
