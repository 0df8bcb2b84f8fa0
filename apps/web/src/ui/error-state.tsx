import type { ReactNode } from 'react';
import { Banner } from './banner';

interface ErrorStateProps {
  /** What failed. */
  title: string;
  /** What is kept and what to do. */
  children: ReactNode;
  actions?: ReactNode;
  /** To look up in the server's log. */
  reference?: string | undefined;
}

export function ErrorState({ title, children, actions, reference }: ErrorStateProps) {
  return (
    <Banner
      tone="err"
      live
      actions={
        <>
          {actions}
          {reference !== undefined && (
            <span style={{ color: 'var(--text-2)', fontSize: 12 }}>
              Reference <code style={{ fontFamily: 'var(--mono)' }}>{reference}</code>
            </span>
          )}
        </>
      }
    >
      <b>{title}</b> {children}
    </Banner>
  );
}
