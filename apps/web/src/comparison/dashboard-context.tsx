'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import {
  createContext,
  use,
  useCallback,
  useMemo,
  useTransition,
  type MouseEvent,
  type ReactNode,
} from 'react';
import type { ComparisonFactsFragment, ComparisonInput, Task } from '@/gql/graphql';
import { addressText } from '@/images/change-address';
import { taskTokens } from '@/images/filter-tokens';
import { versionWord } from '@/images/image-list-address';
import type { PlotCaption } from '@/plots/export-svg';
import type { Shown, ShownStatistic } from '@/scripts/shown';
import { shortNames } from './comparison-words';

export type Comparison = ComparisonFactsFragment;
export type ComparedVersion = Comparison['versions'][number];
export type TaskComparison = Comparison['tasks'][number];
export type VersionTask = TaskComparison['versions'][number];

/** A version of the comparison with the names it has on this page. */
export interface NamedVersion {
  id: string;
  slot: number;
  title: string;
  /** As short as is clear among these. */
  name: string;
  /** In addresses: `multitask@0.2.0`. */
  word: string;
}

export interface DashboardProps {
  slug: string;
  comparison: Comparison;
  /** The question, to be sent again for lists of images. */
  input: ComparisonInput;
  /** The question as the compare page's parameters, where this is another page. */
  address?: string;
  isSynthetic: boolean;
  /** Present where the numbers were frozen. */
  evaluationId?: string;
}

interface Dashboard extends DashboardProps {
  versions: NamedVersion[];
  address: string;
  bySlot: (slot: number) => NamedVersion;
  /** What is looked at closely: one task, and one version beside the baseline where there is one. */
  task: Task;
  other: NamedVersion | undefined;
  /** Changes what is looked at, in the address; nothing is computed anew. */
  look: (key: 'task' | 'with', value: string) => void;
  /** Printed under every downloaded plot. */
  source: string;
  fileName: (plot: string) => string;
  caption: (title: string, legend: PlotCaption['legend']) => PlotCaption;
  shown: (statistic: ShownStatistic) => Shown;
  /** The compare page's address with one parameter set, or taken away. */
  hrefWith: (key: string, value: string | undefined) => string;
  go: (href: string) => void;
  isPending: boolean;
}

const DashboardContext = createContext<Dashboard | undefined>(undefined);

export function useDashboard(): Dashboard {
  const dashboard = use(DashboardContext);
  if (!dashboard) throw new Error('This card stands outside a comparison.');
  return dashboard;
}

export function DashboardProvider({
  children,
  ...props
}: DashboardProps & { children: ReactNode }) {
  const { slug, comparison, input, isSynthetic, evaluationId } = props;
  const { go, isPending } = useGo();
  const search = useSearchParams();
  const address = props.address ?? search.toString();
  const dashboard = useMemo(() => {
    const versions = namedVersions(comparison);
    const { snapshot, imageSet, method } = comparison;
    const narrowed = imageSet.isFiltered ? ', narrowed by a filter (exploratory)' : '';
    const source =
      `${isSynthetic ? 'Synthetic images. ' : ''}${snapshot.cohort.name}, snapshot ${snapshot.code}, ` +
      `n ${imageSet.images} images of ${imageSet.patients} patients${narrowed}, ` +
      `metric set ${method.metricSet} ${method.metricsVersion}, inputs ${comparison.inputsHash.slice(0, 12)}`;
    return {
      versions,
      source,
      bySlot: (slot: number) => {
        const found = versions.find((version) => version.slot === slot);
        if (!found) throw new RangeError(`No version has slot ${slot}.`);
        return found;
      },
      fileName: (plot: string) => `${plot}-${snapshot.code}`,
      caption: (title: string, legend: PlotCaption['legend']) => ({
        lines: [title, source],
        legend,
      }),
      shown: (statistic: ShownStatistic): Shown => ({
        source:
          evaluationId === undefined
            ? { kind: 'comparison', input }
            : { kind: 'evaluation', id: evaluationId },
        snapshot,
        versions: versions.map(({ id, title }) => ({ id, title })),
        statistic,
      }),
      hrefWith: (key: string, value: string | undefined) => {
        const params = new URLSearchParams(address);
        if (value === undefined) params.delete(key);
        else params.set(key, value);
        return `/s/${slug}/compare${addressText(params)}`;
      },
    };
  }, [slug, comparison, input, address, isSynthetic, evaluationId]);
  const task = taskOf(comparison, search.get('task'));
  const others = dashboard.versions.slice(1);
  const answering = comparison.tasks.find((one) => one.task === task)?.versions ?? [];
  const other =
    others.find(({ word }) => word === search.get('with')) ??
    others.find(({ slot }) => answering.some((version) => version.slot === slot)) ??
    others[0];
  return (
    <DashboardContext value={{ ...props, ...dashboard, address, go, isPending, task, other, look }}>
      {children}
    </DashboardContext>
  );
}

function taskOf({ tasks, headline }: Comparison, word: string | null): Task {
  const asked = Object.entries(taskTokens).find(([token]) => token === word)?.[1];
  const has = (task: Task | null | undefined) => tasks.some((one) => one.task === task);
  if (asked && has(asked)) return asked;
  return headline?.task ?? tasks[0]?.task ?? 'MELANOMA';
}

/** Next follows changes of the address that are made past it, without asking the server. */
function look(key: 'task' | 'with', value: string) {
  const params = new URLSearchParams(window.location.search);
  params.set(key, value);
  window.history.replaceState(null, '', addressText(params));
}

function namedVersions({ versions }: Comparison): NamedVersion[] {
  const names = shortNames(versions.map(({ modelVersion }) => modelVersion));
  return versions.map(({ slot, modelVersion }, index) => ({
    id: modelVersion.id,
    slot,
    title: modelVersion.title,
    name: names[index] ?? modelVersion.title,
    word: versionWord(modelVersion),
  }));
}

/** Goes to an address and keeps the old numbers on screen until the new ones are there. */
export function useGo() {
  const router = useRouter();
  const path = usePathname();
  const [isPending, start] = useTransition();
  const go = useCallback(
    (href: string) => {
      start(() => {
        // On the same page people are looking at something: the view stays where it is.
        router.push(href, { scroll: !href.startsWith(`${path}?`) });
      });
    },
    [router, path],
  );
  return { go, isPending };
}

/** The same within a comparison, whose numbers are dimmed meanwhile, and before there is one. */
export function useSharedGo(): (href: string) => void {
  const own = useGo();
  return use(DashboardContext)?.go ?? own.go;
}

interface ChangeLinkProps {
  name: string;
  value: string | undefined;
  className?: string | undefined;
  label?: string;
  isCurrent?: boolean;
  children: ReactNode;
}

/** A link that computes everything anew with one parameter changed. */
export function ChangeLink({
  name,
  value,
  className,
  label,
  isCurrent,
  children,
}: ChangeLinkProps) {
  const { hrefWith, go } = useDashboard();
  const href = hrefWith(name, value);
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a
      href={href}
      className={className}
      aria-label={label}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={onClick}
    >
      {children}
    </a>
  );
}
