'use client';

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import styles from './notice.module.css';
import { LazySnackbar } from './overlays';

interface Notice {
  message: string;
  icon?: IconName;
  /** Such as Undo or Open. */
  action?: { label: string; onClick: () => void };
}

const NoticeContext = createContext<(notice: Notice) => void>(() => undefined);

/** Says the outcome of what was just done: `const say = useNotice(); say({ message: '…' })`. */
export const useNotice = () => useContext(NoticeContext);

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<Notice & { key: number }>();
  const [open, setOpen] = useState(false);
  const say = useCallback((next: Notice) => {
    setNotice((last) => ({ ...next, key: (last?.key ?? 0) + 1 }));
    setOpen(true);
  }, []);
  const close = () => {
    setOpen(false);
  };
  const message = useMemo(
    () =>
      notice && (
        <div className={styles.notice}>
          <Icon name={notice.icon ?? 'check'} />
          <span>{notice.message}</span>
          {notice.action && (
            <button
              type="button"
              onClick={() => {
                notice.action?.onClick();
                setOpen(false);
              }}
            >
              {notice.action.label}
            </button>
          )}
        </div>
      ),
    [notice],
  );
  return (
    <NoticeContext value={say}>
      {children}
      {notice && (
        <LazySnackbar
          key={notice.key}
          open={open}
          // Long enough to reach Undo by keyboard.
          autoHideDuration={10_000}
          onClose={(_event, reason) => {
            if (reason !== 'clickaway') close();
          }}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        >
          <div role="status">{message}</div>
        </LazySnackbar>
      )}
    </NoticeContext>
  );
}
