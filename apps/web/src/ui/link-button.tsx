'use client';

import Button, { type ButtonProps } from '@mui/material/Button';
import NextLink from 'next/link';

/** A link that looks like a button. */
export function LinkButton(props: ButtonProps<typeof NextLink>) {
  return <Button component={NextLink} {...props} />;
}
