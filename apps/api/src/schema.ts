import 'reflect-metadata';
import {
  GraphQLScalarType,
  type GraphQLSchema,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { buildSchemaSync, type MiddlewareFn, type NonEmptyArray, type PubSub } from 'type-graphql';
import { ViewerResolver } from './accounts/viewer.resolver.js';
import {
  AliasChangeResolver,
  ModelAliasResolver,
  ModelVersionAliasesResolver,
  StudyAliasesResolver,
} from './aliases/model-alias.resolver.js';
import './accounts/api-token.type.js';
import {
  CohortResolver,
  CohortSnapshotResolver,
  StudyCohortsResolver,
} from './cohorts/cohort.resolver.js';
import {
  SnapshotTrainingOverlapResolver,
  TrainingOverlapImageResolver,
  TrainingOverlapResolver,
} from './cohorts/training-overlap.resolver.js';
import type { Context } from './context.js';
import { Refusal } from './errors.js';
import { describe } from './schema-words.js';
import {
  ImageConnectionResolver,
  ImageResolver,
  LesionImagesResolver,
  ReferenceMaskResolver,
} from './images/image.resolver.js';
import { comparisonResolvers } from './comparison/comparison.resolver.js';
import {
  AnalysisPlanResolver,
  StudyAnalysisPlansResolver,
} from './evaluation/analysis-plan.resolver.js';
import {
  EvaluationImageResolver,
  EvaluationResolver,
  StudyEvaluationsResolver,
  VersionEvaluationResolver,
} from './evaluation/evaluation.resolver.js';
import { StudyImagesResolver } from './images/study-images.resolver.js';
import {
  CertificateResolver,
  ModelVersionCertificatesResolver,
} from './certificates/certificate.resolver.js';
import { InferenceRunResolver, RunImageResolver } from './inference/inference-run.resolver.js';
import { ImagePredictionsResolver, PredictionResolver } from './inference/prediction.resolver.js';
import { StudyRunsResolver } from './inference/study-runs.resolver.js';
import { WorkerResolver, WorkerSessionResolver } from './scoring/worker.resolver.js';
import { versionRetirementResolvers } from './models/version-retirement.resolver.js';
import { ModelResolver, ModelVersionResolver } from './models/model.resolver.js';
import { RemoteVersionResolver } from './models/remote-version.resolver.js';
import { ImportResolver, StudyImportsResolver } from './imports/import.resolver.js';
import { LesionResolver, ReferenceDiagnosisResolver } from './patients/lesion.resolver.js';
import { PatientResolver } from './patients/patient.resolver.js';
import { StudyPatientsResolver } from './patients/study-patients.resolver.js';
import { PlanningResolver } from './planning/planning.resolver.js';
import { StudyMemberResolver, StudyMembersResolver } from './studies/study-member.resolver.js';
import { ApiTokenStudiesResolver } from './studies/api-token-studies.resolver.js';
import { StudyResolver } from './studies/study.resolver.js';

/** Every resolver class, in the order of the features. */
const resolvers: NonEmptyArray<NewableFunction> = [
  ViewerResolver,
  StudyResolver,
  ApiTokenStudiesResolver,
  StudyMemberResolver,
  StudyMembersResolver,
  PatientResolver,
  LesionResolver,
  ReferenceDiagnosisResolver,
  StudyPatientsResolver,
  ImageResolver,
  ReferenceMaskResolver,
  ImageConnectionResolver,
  LesionImagesResolver,
  StudyImagesResolver,
  ImportResolver,
  StudyImportsResolver,
  ModelResolver,
  ModelVersionResolver,
  RemoteVersionResolver,
  ...versionRetirementResolvers,
  CohortResolver,
  CohortSnapshotResolver,
  StudyCohortsResolver,
  SnapshotTrainingOverlapResolver,
  TrainingOverlapResolver,
  TrainingOverlapImageResolver,
  InferenceRunResolver,
  RunImageResolver,
  PredictionResolver,
  ImagePredictionsResolver,
  StudyRunsResolver,
  ModelVersionCertificatesResolver,
  CertificateResolver,
  WorkerResolver,
  WorkerSessionResolver,
  ...comparisonResolvers,
  AnalysisPlanResolver,
  StudyAnalysisPlansResolver,
  EvaluationResolver,
  VersionEvaluationResolver,
  EvaluationImageResolver,
  StudyEvaluationsResolver,
  ModelAliasResolver,
  AliasChangeResolver,
  StudyAliasesResolver,
  ModelVersionAliasesResolver,
  PlanningResolver,
];

/** Stands before every root field: nobody reads without signing in, no read token writes. */
const guard: MiddlewareFn<Context> = ({ context, info }, next) => {
  const { parentType, fieldName } = info;
  const isRoot =
    parentType === info.schema.getQueryType() ||
    parentType === info.schema.getMutationType() ||
    parentType === info.schema.getSubscriptionType();
  if (!isRoot || (fieldName === 'viewer' && !context.isSignedIn)) return next();
  if (!context.isSignedIn) throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
  if (parentType === info.schema.getMutationType() && !context.viewer.mayWrite) {
    throw new Refusal('FORBIDDEN', 'This token may read only; create one of scope WRITE.');
  }
  return next();
};

/** The library's name for it, DateTimeISO, is no word of the contract. */
const dateTime = new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' });

/** Type-graphql asks for one before it declares any subscription; ours listen to Postgres instead (signals.ts). */
const noPubSub: PubSub = {
  publish: () => {
    throw new Error('events between processes go through Postgres');
  },
  subscribe: () => {
    throw new Error('a subscription must say what it listens to');
  },
};

export const createSchema = (): GraphQLSchema => describe(withoutWords());

const withoutWords = () =>
  buildSchemaSync({
    resolvers: resolvers,
    globalMiddlewares: [guard],
    pubSub: noPubSub,
    scalarsMap: [
      { type: Date, scalar: dateTime },
      { type: Object, scalar: GraphQLJSON },
    ],
    validate: false,
  });

/** The contract as text: committed, reviewed, and compared by `npm run check`. */
export const schemaText = () => `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
