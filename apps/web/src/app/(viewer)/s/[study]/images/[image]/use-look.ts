'use client';

import { useSyncExternalStore } from 'react';
import { defaultLook, lookInAddress, type MaskLook } from './viewer-address';

const KEY = 'lesionwise.viewer';
const CHANGED = 'lesionwise-viewer-look';

/** How masks are drawn: what the address says, else what this person chose last. */
export function useLook(params: URLSearchParams, replaceParams: (p: URLSearchParams) => void) {
  const stored = useSyncExternalStore(subscribe, read, () => null);
  const look: MaskLook = { ...defaultLook, ...parse(stored), ...lookInAddress(params) };
  const change = (part: Partial<MaskLook>) => {
    const next = { ...look, ...part };
    write(JSON.stringify(next));
    const address = new URLSearchParams(params);
    address.set('mode', next.mode);
    address.set('opacity', String(next.opacity));
    replaceParams(address);
  };
  return [look, change] as const;
}

function subscribe(onChange: () => void) {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener('storage', onChange);
  };
}

/** A browser may forbid storage; then settings last as long as the address. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(text: string) {
  try {
    localStorage.setItem(KEY, text);
  } catch {
    return;
  }
  window.dispatchEvent(new Event(CHANGED));
}

function parse(stored: string | null): Partial<MaskLook> {
  if (stored === null) return {};
  try {
    const { mode, opacity } = JSON.parse(stored) as Record<string, unknown>;
    // The same rules as for an address: what another version of the page stored may not fit.
    return lookInAddress(new URLSearchParams({ mode: String(mode), opacity: String(opacity) }));
  } catch {
    return {};
  }
}
