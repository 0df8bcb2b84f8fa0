'use client';

import { useEffect, useEffectEvent } from 'react';
import { isTyping } from '@/ui/typing';

/**
 * Single keys for the whole page, by `KeyboardEvent.key` in lower case (`f`, `?`, `shift+arrowleft`). Each
 * key has one meaning: the first that takes it keeps it. They are off while typing, with
 * Ctrl, Alt or Meta held, and while a dialog or menu is open.
 */
export function useShortcuts(keys: Record<string, (event: KeyboardEvent) => void>) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isTyping(event.target) || isOverlayOpen()) return;
    if (isOfSlider(event)) return;
    // A letter's or sign's shift is in the key itself: `?`.
    const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : '';
    const name = shift + event.key.toLowerCase();
    const act = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!act) return;
    event.preventDefault();
    act(event);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      onKeyDown(event);
    };
    document.addEventListener('keydown', listener);
    return () => {
      document.removeEventListener('keydown', listener);
    };
  }, []);
}

const isOverlayOpen = () => document.querySelector('[role="dialog"], [role="menu"]') !== null;

const isOfSlider = ({ target, key }: KeyboardEvent) =>
  target instanceof HTMLInputElement && target.type === 'range' && key.startsWith('Arrow');
