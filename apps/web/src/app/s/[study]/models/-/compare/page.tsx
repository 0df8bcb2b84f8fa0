import type { Metadata } from 'next';
import { Card } from '@/ui/card';
import { Crumb } from '@/ui/crumbs';
import { EmptyState } from '@/ui/empty-state';
import { LinkButton } from '@/ui/link-button';
import { PageHeader } from '@/ui/page-header';
import { loadModels, type Model, type Version, versionKey } from '../../load-models';
import { compareSettings } from '../../manifest-differences';
import { ChooseTwo } from './choose-two';
import { SettingsTable } from '../../settings-table';

export const metadata: Metadata = { title: 'Compare manifests' };

interface ComparePageProps {
  params: Promise<{ study: string }>;
  searchParams: Promise<{ a?: string; b?: string; all?: string }>;
}

interface Choice {
  key: string;
  version: Version;
}

/** Any two versions, setting by setting; which two stands in the address. */
export default async function CompareManifestsPage({ params, searchParams }: ComparePageProps) {
  const [{ study: slug }, { a, b, all }] = [await params, await searchParams];
  const { study, models } = await loadModels(slug);
  const choices = choicesOf(models);
  const [first, second] = [
    choices.find(({ key }) => key === a) ?? choices[1] ?? choices[0],
    choices.find(({ key }) => key === b) ?? choices[0],
  ];
  const unknown = [a, b].filter(
    (key): key is string => key !== undefined && !choices.some((choice) => choice.key === key),
  );
  return (
    <>
      <Crumb label="Compare manifests" />
      <PageHeader
        title="Compare manifests"
        sub="What two versions promise and how they were made, setting by setting."
        isSynthetic={study.isSynthetic}
      />
      {first && second ? (
        <>
          <ChooseTwo
            slug={slug}
            choices={choices.map(({ key, version }) => ({ key, title: version.title }))}
            a={first.key}
            b={second.key}
            showAll={all === '1'}
          />
          {unknown.length > 0 && (
            <p role="status">
              Not registered here: {unknown.join(', ')}. Another is shown instead.
            </p>
          )}
          <Settings slug={slug} a={first} b={second} showAll={all === '1'} />
        </>
      ) : (
        <Card>
          <EmptyState icon="cube" title="No version yet">
            Register a version first.
          </EmptyState>
        </Card>
      )}
    </>
  );
}

const choicesOf = (models: readonly Model[]): Choice[] =>
  models.flatMap(({ name, versions }) =>
    versions.map((version) => ({ key: versionKey(name, version.version), version })),
  );

interface SettingsProps {
  slug: string;
  a: Choice;
  b: Choice;
  showAll: boolean;
}

function Settings({ slug, a, b, showAll }: SettingsProps) {
  const settings = compareSettings(a.version.manifest, b.version.manifest);
  const changed = settings.filter(({ before, after }) => before !== after);
  const address = new URLSearchParams({ a: a.key, b: b.key, ...(!showAll && { all: '1' }) });
  return (
    <Card
      flush
      title={`${a.version.title} and ${b.version.title}`}
      aside={`${changed.length} of ${settings.length} settings differ`}
      actions={
        <LinkButton size="small" href={`/s/${slug}/models/-/compare?${address.toString()}`}>
          {showAll ? 'Show differences only' : `Show all ${settings.length}`}
        </LinkButton>
      }
    >
      {!showAll && changed.length === 0 ? (
        <EmptyState icon="check" title="No difference">
          Every setting of the two manifests is the same.
        </EmptyState>
      ) : (
        <SettingsTable
          heads={[a.version.title, b.version.title]}
          settings={showAll ? settings : changed}
        />
      )}
    </Card>
  );
}
