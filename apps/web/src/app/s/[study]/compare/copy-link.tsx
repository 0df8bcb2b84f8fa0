'use client';

import Button from '@mui/material/Button';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';

/** The address holds the whole question, so a link is all that a colleague with rights needs. */
export function CopyLink() {
  const say = useNotice();
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href).then(
      () => {
        say({ message: 'Link copied. Whoever may see the study sees the same comparison.' });
      },
      () => {
        say({ icon: 'error', message: 'The browser refused access to the clipboard.' });
      },
    );
  };
  return (
    <Button onClick={() => void copy()}>
      <Icon name="link" /> Copy link
    </Button>
  );
}
