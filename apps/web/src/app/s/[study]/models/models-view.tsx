import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatCount } from '@/ui/format';
import { Link } from '@/ui/link';
import { PageHeader } from '@/ui/page-header';
import { inRegistryOrder, outputWords } from './load-models';
import type { Alias, Evaluation, Model, Version } from './load-models';
import styles from './models.module.css';
import { RegisterVersion } from './register-version';
import { VersionDetail } from './version-detail';
import { VersionTable } from './version-table';

interface ModelsViewProps {
  slug: string;
  study: {
    id: string;
    isSynthetic: boolean;
    permissions: { registerModels: boolean; promoteModels: boolean };
    aliases: readonly Alias[];
  };
  models: readonly Model[];
  evaluations: readonly Evaluation[];
  /** The one whose versions are listed. */
  family: Model | undefined;
  /** The one shown in full; the first in the registry's order where none is named. */
  version?: Version | undefined;
}

/** Families at the left, versions at the right, one version below: the same frame on every address. */
export function ModelsView(props: ModelsViewProps) {
  const { slug, study, models, evaluations, family } = props;
  const versions = inRegistryOrder(family?.versions ?? [], study.aliases);
  const version = props.version ?? versions[0];
  return (
    <>
      <PageHeader
        title="Models"
        sub="A version never changes after registration. A name such as champion points at one version and can be moved, with a reason."
        isSynthetic={study.isSynthetic}
        actions={study.permissions.registerModels ? <RegisterVersion slug={slug} /> : undefined}
      />
      {family ? (
        <div className={styles.registry}>
          <Families slug={slug} models={models} current={family.id} />
          <VersionTable
            slug={slug}
            family={family}
            versions={versions}
            aliases={study.aliases}
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
          slug={slug}
          study={study}
          family={family}
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
