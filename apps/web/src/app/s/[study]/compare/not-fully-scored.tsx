'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import { ScoreSnapshotMutation } from '@/cohorts/cohorts.query';
import { addressText, withParam } from '@/images/change-address';
import { withVersions } from '@/comparison/write-address';
import { versionWord } from '@/images/image-list-address';
import { Banner } from '@/ui/banner';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import type { CompareSnapshot, CompareStudy, CompareVersion, Coverage } from './study-names';

interface NotFullyScoredProps {
  slug: string;
  study: CompareStudy;
  snapshot: CompareSnapshot;
  coverage: ReadonlyMap<string, Coverage>;
  versions: readonly CompareVersion[];
  /** Those of the versions that have not scored every image. */
  lacking: readonly CompareVersion[];
}

/** Never a silent intersection: the page stops, says what is missing, and offers three ways on. */
export function NotFullyScored(props: NotFullyScoredProps) {
  const { slug, study, snapshot, coverage, versions, lacking } = props;
  const router = useRouter();
  const params = new URLSearchParams(useSearchParams());
  const [refusal, setRefusal] = useState<string>();
  const [score, { loading }] = useMutation(ScoreSnapshotMutation);
  const scoreRest = async (modelVersionId: string) => {
    setRefusal(undefined);
    try {
      const { data } = await score({
        variables: { input: { modelVersionId, snapshotId: snapshot.id } },
      });
      if (data) router.push(`/s/${slug}/runs/${data.requestInference.number}`);
    } catch (error) {
      setRefusal(refusalOf(error).message);
    }
  };
  const hrefOf = (changed: URLSearchParams) => `/s/${slug}/compare${addressText(changed)}`;
  const without = (id: string) => {
    const others = versions.filter((version) => version.id !== id);
    return hrefOf(withVersions(params, others.map(versionWord)));
  };
  return (
    <>
      {lacking.map(({ id, title }) => {
        const { scored = 0, missing = 0 } = coverage.get(id) ?? {};
        return (
          <Banner
            key={id}
            tone="warn"
            actions={
              <>
                {study.permissions.runInference && (
                  <Button size="small" loading={loading} onClick={() => void scoreRest(id)}>
                    <Icon name="play" size={14} /> Score the {countOf(missing, 'image')}
                  </Button>
                )}
                {scored > 0 && (
                  <LinkButton size="small" href={hrefOf(withParam(params, 'images', 'common'))}>
                    Compare on the common images
                  </LinkButton>
                )}
                {versions.length > 1 && (
                  <LinkButton size="small" variant="text" href={without(id)}>
                    Remove {title}
                  </LinkButton>
                )}
              </>
            }
          >
            <b>
              {title} has no score for {formatCount(missing)} of{' '}
              {countOf(snapshot.imageCount, 'image')}.
            </b>{' '}
            Versions are compared on the same images only. Pick one:
          </Banner>
        );
      })}
      {refusal !== undefined && (
        <Banner tone="err" live>
          {refusal}
        </Banner>
      )}
    </>
  );
}
