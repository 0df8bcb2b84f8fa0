import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ModelOrigin, type Prisma } from '../db.js';
import { Task } from '../images/task.type.js';

registerEnumType(ModelOrigin, {
  name: 'ModelOrigin',
  description: 'Where the answers of a model version come from.',
  valuesConfig: {
    ONNX: { description: 'An ONNX file that our workers run.' },
    REMOTE: { description: 'An inference server elsewhere.' },
    IMPORTED_SCORES: { description: 'Scores computed elsewhere and imported.' },
  },
});

@ObjectType({ description: 'A family of model versions under one name.' })
export class Model {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'As in the manifests of its versions.' })
  name: string;

  @Field(() => Date)
  createdAt: Date;
}

@ObjectType({ description: 'One thing that a model package was asked to prove at registration.' })
export class ModelCheck {
  @Field(() => String, { description: 'Short and stable, for scripts.' })
  name: string;

  @Field(() => String, { description: 'What passing means, as a sentence.' })
  title: string;

  @Field(() => Boolean)
  passed: boolean;

  @Field(() => String, {
    description: 'What was seen; for a failed check, what is wrong and where.',
  })
  detail: string;

  @Field(() => String, { nullable: true })
  expected?: string | null;

  @Field(() => String, { nullable: true })
  found?: string | null;
}

@ObjectType({
  description: 'One set of weights with its contract. Never changes after registration.',
})
export class ModelVersion {
  @Field(() => ID)
  id: string;

  modelId: string;

  registeredById: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when no new run and no new name may take it; null while it is in use.',
  })
  retiredAt: Date | null;

  /** As stored: where a remote version is served, and what it served at registration. */
  endpoint: Prisma.JsonValue | null;

  @Field(() => String, { description: 'Semantic version (semver.org).' })
  version: string;

  @Field(() => String, { description: 'Name and version, such as `multitask 0.1.0`.' })
  title: string;

  @Field(() => ModelOrigin)
  origin: ModelOrigin;

  @Field(() => String, {
    description:
      'SHA-256 of the ONNX file; of a remote version over its manifest and the address, name and version it is served under.',
  })
  sha256: string;

  @Field(() => Int, { description: 'Size of the ONNX file in bytes; 0 for a remote version.' })
  sizeBytes: number;

  @Field(() => [Task], { description: 'The questions it answers with a score.' })
  tasks: Task[];

  @Field(() => Boolean, { description: 'Whether it draws the lesion.' })
  hasMask: boolean;

  @Field(() => Int)
  inputHeightPx: number;

  @Field(() => Int)
  inputWidthPx: number;

  @Field(() => String, {
    description: 'How an image is laid onto the input: `squash` or `letterbox`.',
  })
  fit: string;

  @Field(() => Float, {
    description: 'The lesion probability at and above which a pixel belongs to the mask.',
  })
  maskThreshold: number;

  @Field(() => String)
  licence: string;

  @Field(() => String, { nullable: true, description: 'What it was trained on, in words.' })
  trainingData?: string | null;

  @Field(() => GraphQLJSON, { description: 'The manifest of its package, as validated.' })
  manifest: object;

  @Field(() => String, { description: 'The model card, in Markdown; empty when there is none.' })
  card: string;

  @Field(() => [ModelCheck], {
    description: 'What was checked at registration, and what was found.',
  })
  checks: ModelCheck[];

  @Field(() => Date)
  createdAt: Date;
}
