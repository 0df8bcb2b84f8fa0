// The process that decodes images nobody wants to decode in their own: one that makes libvips read where it
// may not, or take all memory, ends this process and nothing else.
import type { DecodeOrder, FromDecodeProcess } from './decode-messages.js';
import { ImageFileError } from './image-file.js';
import { prepareImage } from './prepare-image.js';

const answer = async ({ bytes, input }: DecodeOrder): Promise<FromDecodeProcess> => {
  try {
    return { kind: 'prepared', pixels: await prepareImage(Buffer.from(bytes), input) };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (cause instanceof ImageFileError) return { kind: 'refused', code: cause.code, message };
    return { kind: 'failed', message };
  }
};

process.on('message', (order: DecodeOrder) => {
  void answer(order).then((message) => process.send?.(message));
});
// Whoever asked is gone.
process.once('disconnect', () => process.exit());
