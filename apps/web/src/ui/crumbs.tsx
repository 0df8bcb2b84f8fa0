'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import styles from './crumbs.module.css';
import { Icon } from './icon';

const sections: Record<string, string> = {
  patients: 'Patients',
  images: 'Images',
  cohorts: 'Cohorts',
  import: 'Import',
  models: 'Models',
  runs: 'Runs',
  compare: 'Compare',
  evaluations: 'Evaluations',
  plan: 'Analysis plan',
  planning: 'Sample size',
  members: 'Members & access',
};

const CrumbContext = createContext<{
  label: string | undefined;
  setLabel: (label: string | undefined) => void;
}>({ label: undefined, setLabel: () => undefined });

export function CrumbProvider({ children }: { children: ReactNode }) {
  const [label, setLabel] = useState<string>();
  const value = useMemo(() => ({ label, setLabel }), [label]);
  return <CrumbContext value={value}>{children}</CrumbContext>;
}

/** Names the thing a page shows, for the end of the trail: the address holds its id only. */
export function Crumb({ label }: { label: string }) {
  const { setLabel } = useContext(CrumbContext);
  useEffect(() => {
    setLabel(label);
    return () => {
      setLabel(undefined);
    };
  }, [label, setLabel]);
  return null;
}

/** Study, section, thing. */
export function Crumbs({ study }: { study: { slug: string; name: string } }) {
  const { label } = useContext(CrumbContext);
  const [, , , section, ...rest] = usePathname().split('/');
  const base = `/s/${study.slug}`;
  const trail: { href: string; words: string }[] = [{ href: '/studies', words: 'Studies' }];
  if (section) trail.splice(0, 1, { href: base, words: study.name });
  const end = section ? (rest.length > 0 ? label : sections[section]) : study.name;
  if (section && rest.length > 0)
    trail.push({ href: `${base}/${section}`, words: sections[section] ?? section });
  return (
    <nav aria-label="Breadcrumb" className={styles.crumbs}>
      {trail.map(({ href, words }, index) => (
        <span key={href}>
          {/* Pages outside the study have a frame of their own, whose code nobody needs here yet. */}
          <Link href={href} prefetch={href === '/studies' ? false : null}>
            {words}
          </Link>
          {(end !== undefined || index < trail.length - 1) && <Icon name="right" size={14} />}
        </span>
      ))}
      {end !== undefined && <b aria-current="page">{end}</b>}
    </nav>
  );
}
