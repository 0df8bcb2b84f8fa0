/**
 * The network has not answered for so long that it never will. Nothing ends its thread but the end of the
 * process, and a hard one: `process.exit` would wait for it or abort in it.
 */
export class ModelHungError extends Error {
  override readonly name = 'ModelHungError';

  constructor(seconds: number) {
    super(`the network gave no answer within ${seconds} s`);
  }
}
