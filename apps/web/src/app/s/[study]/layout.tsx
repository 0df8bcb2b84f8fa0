import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { query, redirectToSignIn } from '@/apollo/server';
import { SignedInProviders } from '@/apollo/signed-in-providers';
import { roleWords } from '@/ui/words';
import { ShellQuery } from './layout.query';
import { Shell } from './shell';

interface StudyLayoutProps {
  children: ReactNode;
  params: Promise<{ study: string }>;
}

export async function generateMetadata({ params }: Pick<StudyLayoutProps, 'params'>) {
  const { study } = await params;
  const { data } = await query({ query: ShellQuery, variables: { slug: study } });
  const name = data.study?.name ?? 'Study';
  return { title: { default: name, template: `%s · ${name} · Lesionwise` } };
}

/** Everything of a study stands in this frame but the viewer, which takes the whole screen. */
export default async function StudyLayout({ children, params }: StudyLayoutProps) {
  const { study: slug } = await params;
  const { data } = await query({ query: ShellQuery, variables: { slug } });
  const { viewer, study, studies, models } = data;
  if (!viewer) return redirectToSignIn();
  if (!study) notFound();
  return (
    <SignedInProviders>
      <Shell
        study={study}
        studies={studies}
        viewer={{
          name: viewer.name,
          role: study.viewerRole ? roleWords[study.viewerRole] : 'administrator',
        }}
        counts={{ ...study.summary, models: models.length }}
      >
        {children}
      </Shell>
    </SignedInProviders>
  );
}
