import type { ViewerLesionFragment } from '@/gql/graphql';
import { Time } from '@/ui/time';
import { diagnosisWords, methodWords, sentence } from '@/ui/words';

export type KeptDiagnosis = ViewerLesionFragment['diagnosisHistory'][number];

interface DiagnosisHistoryProps {
  /** Newest first. */
  history: readonly KeptDiagnosis[];
  className?: string | undefined;
}

/** Every version of a reference diagnosis: nothing is overwritten, so nothing is missing here. */
export function DiagnosisHistory({ history, className }: DiagnosisHistoryProps) {
  return (
    <ol className={className} reversed>
      {history.map((kept) => (
        <li key={kept.id}>
          <b>{sentence(diagnosisWords[kept.diagnosis])}</b>,{' '}
          {kept.method === 'NOT_RECORDED' ? 'proof not recorded' : methodWords[kept.method]}
          <div style={{ color: 'var(--text-2)', fontSize: 12 }}>
            Version {kept.version} · {kept.author?.name ?? 'by an import'},{' '}
            <Time at={kept.createdAt} />
            {kept.supersededAt && (
              <>
                {' '}
                · replaced <Time at={kept.supersededAt} />
              </>
            )}
            {kept.reason && <div>Reason: {kept.reason}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}
