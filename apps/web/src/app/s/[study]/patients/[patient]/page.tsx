import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import type { PatientPageQuery } from '@/gql/graphql';
import { Banner } from '@/ui/banner';
import { Card } from '@/ui/card';
import { Crumb } from '@/ui/crumbs';
import { EmptyState } from '@/ui/empty-state';
import { Facts } from '@/ui/facts';
import { countOf } from '@/ui/format';
import { PageHeader } from '@/ui/page-header';
import { Time } from '@/ui/time';
import { ageWords, sexWords } from '@/ui/words';
import { ConsentChip } from '../patient-table';
import { AddLesion } from './add-lesion';
import { ConsentButton } from './consent-button';
import { EditPatient } from './edit-patient';
import { LesionCard } from './lesion-card';
import styles from './patient.module.css';
import { patientPageQuery } from './patient.query';

export type PatientRecord = NonNullable<NonNullable<PatientPageQuery['study']>['patient']>;

interface PatientPageProps {
  params: Promise<{ study: string; patient: string }>;
}

export async function generateMetadata({ params }: PatientPageProps) {
  const { patient } = await params;
  return { title: decodeURIComponent(patient) };
}

export default async function PatientPage({ params }: PatientPageProps) {
  const { study: slug, patient: code } = await params;
  const { data } = await query({
    query: patientPageQuery,
    variables: { slug, code: decodeURIComponent(code) },
  });
  const patient = data.study?.patient;
  if (!data.study || !patient) notFound();
  const mayEdit = data.study.permissions.editRecords;

  return (
    <>
      <Crumb label={patient.code} />
      <PageHeader
        title={
          <>
            Patient <span className={styles.code}>{patient.code}</span>
          </>
        }
        isSynthetic={data.study.isSynthetic}
        chips={<ConsentChip consent={patient.consent} />}
        sub={`${countOf(patient.lesionCount, 'lesion')}, ${countOf(patient.imageCount, 'image')}`}
        actions={
          mayEdit && (
            <>
              <AddLesion patient={patient} />
              <EditPatient patient={patient} slug={slug} />
              <ConsentButton patient={patient} />
            </>
          )
        }
      />
      {patient.consent === 'WITHDRAWN' && (
        <Banner tone="warn">
          <b>Consent is withdrawn.</b> The images of this patient take no part in new snapshots and
          runs. Snapshots made before keep them.
        </Banner>
      )}
      <Card title="Facts">
        <Facts
          rows={[
            ['Sex', patient.sex ? sexWords[patient.sex] : 'not recorded'],
            [
              'Age in years',
              typeof patient.ageYears === 'number' ? ageWords(patient.ageYears) : 'not recorded',
            ],
            ['Skin type', patient.skinType ?? 'not recorded'],
            ['Added', <Time key="added" at={patient.createdAt} />],
          ]}
        />
      </Card>
      {patient.lesions.length === 0 && (
        <Card>
          <EmptyState icon="layers" title="No lesion yet">
            A lesion holds the images of one spot and its reference diagnosis. Images come with an
            import.
          </EmptyState>
        </Card>
      )}
      {patient.lesions.map((lesion) => (
        <LesionCard
          key={lesion.id}
          lesion={lesion}
          patientCode={patient.code}
          slug={slug}
          mayEdit={mayEdit}
        />
      ))}
    </>
  );
}
