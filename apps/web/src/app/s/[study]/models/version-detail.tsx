import { AliasChips } from '@/ui/alias-chip';
import { Card } from '@/ui/card';
import { Facts } from '@/ui/facts';
import { countOf, formatBytes, formatProportion, shortHash } from '@/ui/format';
import { Icon } from '@/ui/icon';
import { LinkButton } from '@/ui/link-button';
import { Markdown } from '@/ui/markdown';
import { Scroller } from '@/ui/scroller';
import { StateChip } from '@/ui/state-chip';
import { CertificateCard } from './certificate-card';
import { CheckList } from './check-list';
import { type Alias, type Model, outputWords, type Version, versionKey } from './load-models';
import { differences } from './manifest-differences';
import styles from './models.module.css';
import { EndpointCard } from './endpoint-card';
import { Promote } from './promote';
import { RemoveAlias } from './remove-alias';
import { SettingsTable } from './settings-table';
import { SignatureCard } from './signature-card';
import { VersionHistory } from './version-history';

interface VersionDetailProps {
  slug: string;
  study: {
    id: string;
    permissions: { promoteModels: boolean };
    aliases: readonly Alias[];
  };
  family: Model;
  version: Version;
  /** The one registered before it, to say what changed. */
  previous: Version | undefined;
}

export function VersionDetail(props: VersionDetailProps) {
  const { slug, version, previous } = props;
  return (
    <>
      <VersionHead {...props} />
      <div className={styles.cards}>
        <Card title="Facts">
          <Facts
            rows={[
              ['Gives', outputWords(version)],
              ['Input', `${version.inputWidthPx} × ${version.inputHeightPx} px, RGB`],
              ['Fitted by', fitWords(version.fit)],
              [
                'Mask cut at',
                version.hasMask ? formatProportion(version.maskThreshold) : 'gives no mask',
              ],
              ['Trained on', version.trainingData ?? 'not said'],
              ['Training list', listWords(version)],
              ['Licence', version.licence],
            ]}
          />
        </Card>
        <ChecksCard version={version} />
        {version.endpoint && <EndpointCard endpoint={version.endpoint} />}
        <Card title="Model card">
          <Scroller label="Model card" className={styles.card}>
            {version.card.trim() ? (
              <Markdown text={version.card} />
            ) : (
              'None came with this version.'
            )}
          </Scroller>
        </Card>
      </div>
      <SignatureCard version={version} />
      {previous && <DifferencesCard version={version} previous={previous} />}
      <CertificateCard family={props.family.name} version={version.version} />
      <VersionHistory slug={slug} version={version} />
    </>
  );
}

/** Without a list nobody can tell whether a test image was a training image. */
const listWords = ({ trainingListCount }: Version) =>
  trainingListCount > 0
    ? countOf(trainingListCount, 'image')
    : 'not declared: overlap with training cannot be checked';

function VersionHead({ slug, study, family, version, previous }: VersionDetailProps) {
  const own = study.aliases.filter(({ modelVersion }) => modelVersion.id === version.id);
  const key = versionKey(family.name, version.version);
  const other = previous ? versionKey(family.name, previous.version) : key;
  const address = new URLSearchParams({ a: other, b: key }).toString();
  return (
    <div className={styles.name}>
      <h2>{version.title}</h2>
      <AliasChips aliases={own} of={version.id} />
      <span className={styles.mono} title={version.sha256}>
        sha256 {shortHash(version.sha256)}
      </span>
      <span className={styles.quiet}>
        {version.origin === 'ONNX' && `${formatBytes(version.sizeBytes)} · `}
        {originWords[version.origin]}
      </span>
      <span className={styles.acts}>
        <LinkButton href={`/s/${slug}/models/-/compare?${address}`}>
          <Icon name="split" /> Compare manifests
        </LinkButton>
        {study.permissions.promoteModels && (
          <>
            {own.map((alias) => (
              <RemoveAlias key={alias.name} slug={slug} studyId={study.id} alias={alias} />
            ))}
            <Promote slug={slug} studyId={study.id} version={version} aliases={study.aliases} />
          </>
        )}
      </span>
    </div>
  );
}

const originWords: Record<Version['origin'], string> = {
  ONNX: 'ONNX file',
  REMOTE: 'remote engine',
  IMPORTED_SCORES: 'imported scores',
};

const fitWords = (fit: string) =>
  fit === 'letterbox'
    ? 'letterbox: the shape is kept, the rest is filled'
    : 'squash: the whole image, its shape not kept';

function ChecksCard({ version: { checks } }: { version: Version }) {
  const failed = checks.filter(({ passed }) => !passed).length;
  return (
    <Card
      title="Checks"
      actions={
        failed === 0 ? (
          <StateChip tone="ok" icon="check">
            {checks.length} of {checks.length} passed
          </StateChip>
        ) : (
          <StateChip tone="err" icon="error">
            {failed} of {checks.length} failed
          </StateChip>
        )
      }
    >
      <CheckList checks={checks} />
    </Card>
  );
}

function DifferencesCard({ version, previous }: { version: Version; previous: Version }) {
  const { changed, total } = differences(previous.manifest, version.manifest);
  return (
    <Card
      flush={changed.length > 0}
      title={`What differs from ${previous.version}`}
      aside={`${changed.length} of ${total} settings`}
    >
      {changed.length === 0 ? (
        <p>Nothing in the manifest but the version.</p>
      ) : (
        <SettingsTable heads={[previous.version, version.version]} settings={changed} />
      )}
    </Card>
  );
}
