'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { useEffect, useMemo } from 'react';
import type { ViewerImageFragment } from '@/gql/graphql';
import { addressText } from '@/images/change-address';
import { readImageList, versionWord } from '@/images/image-list-address';
import { useFilm, type Film } from './use-film';
import { useLook } from './use-look';
import { useViewerImage } from './use-viewer-image';
import type { ViewerStudy, ViewerVersion } from './viewer';
import { viewerVersions, visibleLayers, type MaskLook } from './viewer-address';

export interface ViewerNames {
  cohorts: { id: string; name: string }[];
  versions: ViewerVersion[];
}

export interface ViewerState {
  code: string;
  image: ViewerImageFragment | undefined;
  failure: string | undefined;
  reload: () => Promise<ViewerImageFragment | undefined>;
  film: Film;
  /** Where the list is, and what it is called. */
  back: { href: string; label: string };
  /** Slot 1 first; they stay while one goes through the list. */
  versions: ViewerVersion[];
  visible: string[];
  toggleLayer: (layer: string) => void;
  look: MaskLook;
  changeLook: (part: Partial<MaskLook>) => void;
  hrefOf: (code: string) => string;
  open: (code: string) => void;
  step: (by: number) => void;
}

/** Everything the viewer shows follows from its address; going to another image changes only that. */
export function useViewer(
  study: ViewerStudy,
  first: ViewerImageFragment,
  names: ViewerNames,
): ViewerState {
  const code = decodeURIComponent(usePathname().split('/').at(-1) ?? '');
  const search = useSearchParams();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const listText = params.get('list') ?? '';
  const list = useMemo(
    () => readImageList(new URLSearchParams(listText), names),
    [listText, names],
  );
  const film = useFilm(study.slug, list, code);
  const neighbours = [film.frames[film.index - 1], film.frames[film.index + 1]].filter(
    (frame) => film.index !== -1 && frame !== undefined,
  );
  const loaded = useViewerImage(
    study.slug,
    first,
    code,
    neighbours.map((frame) => frame!.code),
  );
  usePreloaded(neighbours.map((frame) => frame!.url).join(' '));

  const versions = viewerVersions(names.versions, first.predictions, params.get('v'));
  const visible = visibleLayers(params.get('layers'), versions);
  const [look, changeLook] = useLook(params, replaceParams);
  const hrefOf = (of: string) =>
    `/s/${study.slug}/images/${encodeURIComponent(of)}${addressText(withVersions(params, versions))}`;
  const open = (of: string) => {
    // Next keeps its hooks in step with the history; the page itself need not be asked for again.
    if (of !== code) window.history.pushState(null, '', hrefOf(of));
  };

  return {
    code,
    ...loaded,
    film,
    back: {
      href: `/s/${study.slug}/images${listText ? `?${listText}` : ''}`,
      label: names.cohorts.find(({ id }) => id === list.filter.cohortId)?.name ?? 'Images',
    },
    versions,
    visible,
    toggleLayer: (layer) => {
      const shown = visible.includes(layer)
        ? visible.filter((one) => one !== layer)
        : [...visible, layer];
      const next = withVersions(params, versions);
      next.set('layers', shown.join(','));
      replaceParams(next);
    },
    look,
    changeLook,
    hrefOf,
    open,
    step: (by) => {
      const target = film.index === -1 ? undefined : film.frames[film.index + by];
      if (target) open(target.code);
    },
  };
}

/** A change of look is no step to come back to. */
function replaceParams(params: URLSearchParams) {
  window.history.replaceState(null, '', `${location.pathname}${addressText(params)}`);
}

/** Names the versions, so that the next image shows the same in the same slots. */
function withVersions(params: URLSearchParams, versions: readonly ViewerVersion[]) {
  const next = new URLSearchParams(params);
  if (versions.length > 0) next.set('v', versions.map(versionWord).join(','));
  return next;
}

/** The photographs on either side are fetched while one looks at this one. */
function usePreloaded(urls: string) {
  useEffect(() => {
    for (const url of urls.split(' ').filter(Boolean)) {
      const photograph = new Image();
      photograph.src = url;
    }
  }, [urls]);
}
