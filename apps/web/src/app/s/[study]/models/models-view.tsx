import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatCount } from '@/ui/format';
import { Link } from '@/ui/link';
import { PageHeader } from '@/ui/page-header';
import { outputWords, type Evaluation, type Model, type Version } from './load-models';
import styles from './models.module.css';
import { RegisterVersion } from './register-version';
import { VersionDetail } from './version-detail';
import { VersionTable } from './version-table';

interface ModelsViewProps {
  slug: string;
  study: { isSynthetic: boolean; permissions: { registerModels: boolean } };
  models: readonly Model[];
  evaluations: readonly Evaluation[];
  /** The one whose versions are listed. */
  family: Model | undefined;
  /** The one shown in full; the newest of the family where none is named. */
  version?: Version | undefined;
}

/** Families at the left, versions at the right, one version below: the same frame on every address. */
export function ModelsView(props: ModelsViewProps) {
  const { slug, study, models, evaluations, family } = props;
  const version = props.version ?? family?.versions[0];
  return (
    <>
      <PageHeader
        title="Models"
        sub="A version never changes after registration. Another file is another version."
        isSynthetic={study.isSynthetic}
        actions={study.permissions.registerModels ? <RegisterVersion slug={slug} /> : undefined}
      />
      {family ? (
        <div className={styles.registry}>
          <Families slug={slug} models={models} current={family.id} />
          <VersionTable
            slug={slug}
            family={family}
            evaluations={evaluations}
            current={version?.id}
          />
        </div>
      ) : (
        <Card>
          <EmptyState icon="cube" title="No version yet">
            Register a version: a folder with manifest.json, one ONNX file and MODEL_CARD.md. Its
            input is <code>uint8 [N, H, W, 3]</code>; it gives a mask, scores, or both.
          </EmptyState>
        </Card>
      )}
      {family && version && (
        <VersionDetail
          version={version}
          previous={family.versions[family.versions.indexOf(version) + 1]}
        />
      )}
    </>
  );
}

interface FamiliesProps {
  slug: string;
  models: readonly Model[];
  current: string;
}

function Families({ slug, models, current }: FamiliesProps) {
  return (
    <Card title="Families">
      <nav aria-label="Families" className={styles.families}>
        {models.map(({ id, name, versions }) => (
          <Link
            key={id}
            href={`/s/${slug}/models/${encodeURIComponent(name)}`}
            aria-current={id === current ? 'true' : undefined}
          >
            <span>
              <b>{name}</b>
              <small>{versions[0] ? outputWords(versions[0]) : 'no version'}</small>
            </span>
            <span>{formatCount(versions.length)}</span>
          </Link>
        ))}
      </nav>
    </Card>
  );
}
