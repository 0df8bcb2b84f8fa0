'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import { ScoreSnapshotMutation } from '@/cohorts/cohorts.query';
import { Banner } from '@/ui/banner';
import { countOf, formatCount } from '@/ui/format';
import { Icon } from '@/ui/icon';

interface NotScoredProps {
  slug: string;
  snapshot: { id: string; imageCount: number };
  versions: readonly { id: string; title: string }[];
  scored: Record<string, number> | undefined;
  mayRun: boolean;
}

/** Never a silent intersection: a version that has not scored every image stops the evaluation, in words. */
export function NotScored({ slug, snapshot, versions, scored, mayRun }: NotScoredProps) {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string>();
  const [score, { loading }] = useMutation(ScoreSnapshotMutation);
  if (!scored || versions.length === 0) return null;

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

  return versions.map(({ id, title }) => {
    const missing = snapshot.imageCount - (scored[id] ?? 0);
    return (
      <Banner
        key={id}
        tone="warn"
        live
        actions={
          mayRun ? (
            <Button size="small" loading={loading} onClick={() => void scoreRest(id)}>
              <Icon name="play" size={14} /> Score the {countOf(missing, 'image')}
            </Button>
          ) : undefined
        }
      >
        <b>
          {title} has no score for {formatCount(missing)} of {countOf(snapshot.imageCount, 'image')}
          .
        </b>{' '}
        Versions are evaluated on the same images only. Score the rest, or leave the version out.
        {refusal !== undefined && ` ${refusal}`}
      </Banner>
    );
  });
}
