'use client';

import { useRef, useState } from 'react';
import { refusalOf } from '@/apollo/refusal';

/**
 * Runs a change that may meet another one. Where it does, `look` fetches what is stored now and its
 * answer is the conflict to show; any other refusal goes on to the form.
 */
export function useConflict<Conflict>() {
  const [conflict, setConflict] = useState<Conflict>();
  // The form closes after a submit that did not throw; a conflict is no reason to close.
  const isInConflict = useRef(false);
  const attempt = async (change: () => Promise<unknown>, look: () => Promise<Conflict>) => {
    try {
      await change();
    } catch (error) {
      if (!isEditConflict(error)) throw error;
      const met = await look();
      isInConflict.current = true;
      setConflict(met);
    }
  };
  /** For a form's `onClose`. */
  const unlessInConflict = (close: () => void) => () => {
    if (!isInConflict.current) close();
  };
  return { conflict, attempt, unlessInConflict };
}

/** A code that is taken is a conflict too, but one the form can say at its field. */
function isEditConflict(error: unknown): boolean {
  const { code, field } = refusalOf(error);
  return code === 'CONFLICT' && (field === 'revision' || field === 'expectedVersion');
}
