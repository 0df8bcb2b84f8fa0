import { Field, ID, InputType } from 'type-graphql';

@InputType()
export class RegisterModelVersionInput {
  @Field(() => ID, {
    description:
      'A random UUID of your own, under which a package was uploaded by PUT to /model-uploads/<uploadId>/<file>: manifest.json, the ONNX file, MODEL_CARD.md, and training-list.csv where the manifest names one.',
  })
  uploadId: string;
}
