import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { sha256Of } from '../storage.js';
import { serve, type Served } from '../testing/serve.js';
import { createWorld, type World } from '../testing/world.js';
import { storeImage } from './image-bytes.service.js';
import { imageLoader, imagesOfLesionLoader, referenceMaskLoader } from './image.loader.js';

const updateImage = /* GraphQL */ `
  mutation ($input: UpdateImageInput!) {
    updateImage(input: $input) {
      quality
      qualityNote
      dayOfStudy
      modality
      revision
    }
  }
`;
const imageById = `query ($id: ID!) { image(id: $id) {
  code url thumbnailUrl lesion { code } referenceMask { version areaPx url } } }`;

describe('an image', () => {
  let world: World;
  let served: Served;
  let coordinator: Viewer;
  let auditor: Viewer;
  let stranger: Viewer;
  let imageId: string;
  let maskIds: string[];
  let original: Buffer;

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    coordinator = await world.member(study.id, 'COORDINATOR');
    auditor = await world.member(study.id, 'AUDITOR');
    stranger = await world.member(other.id, 'COORDINATOR');
    const patient = await world.db.patient.create({ data: { studyId: study.id, code: 'P' } });
    const lesion = await world.db.lesion.create({
      data: { studyId: study.id, patientId: patient.id, code: 'L' },
    });
    // On its side, with a place in its metadata, as a phone writes it.
    original = await sharp({
      create: { width: 900, height: 600, channels: 3, background: '#a06050' },
    })
      .withExif({
        IFD0: { Make: 'Camera' },
        IFD3: { GPSLatitude: '52/1 30/1 0/1', GPSLatitudeRef: 'N' },
      })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const sha256 = sha256Of(original);
    await storeImage(world.storage, sha256, original);
    const image = await world.db.image.create({
      data: {
        studyId: study.id,
        lesionId: lesion.id,
        code: 'ISIC_0000001',
        widthPx: 600,
        heightPx: 900,
        sizeBytes: original.length,
        sha256,
      },
    });
    imageId = image.id;
    const png = await sharp({ create: { width: 6, height: 9, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const mask = { imageId, widthPx: 600, heightPx: 900, areaPx: 54, png };
    const first = await world.db.referenceMask.create({
      data: { ...mask, version: 1, supersededAt: new Date() },
    });
    const second = await world.db.referenceMask.create({
      data: { ...mask, version: 2, areaPx: 53 },
    });
    maskIds = [first.id, second.id];
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  it('is found by its id, with the mask that counts now', async () => {
    const { data } = await world.ask(auditor, imageById, { id: imageId });
    expect(data['image']).toEqual({
      code: 'ISIC_0000001',
      url: `/images/${imageId}/display.jpg`,
      thumbnailUrl: `/images/${imageId}/thumbnail.jpg`,
      lesion: { code: 'L' },
      referenceMask: { version: 2, areaPx: 53, url: `/masks/reference/${maskIds[1]!}.png` },
    });
  });

  it('is absent for strangers, and so is what does not exist', async () => {
    expect((await world.ask(stranger, imageById, { id: imageId })).data).toEqual({ image: null });
    for (const id of ['no-id', crypto.randomUUID()]) {
      const { data, codes } = await world.ask(coordinator, imageById, { id });
      expect([data, codes]).toEqual([{ image: null }, []]);
    }
  });

  it('is excluded with a reason only, and against the revision that was opened', async () => {
    const update = (input: Record<string, unknown>, viewer = coordinator) =>
      world.ask(viewer, updateImage, { input: { id: imageId, ...input } });
    const silent = await update({ revision: 1, quality: 'EXCLUDED' });
    expect(silent.codes).toEqual(['INVALID_INPUT']);
    expect(silent.errors[0]!.extensions).toMatchObject({ field: 'qualityNote' });
    const excluded = { quality: 'EXCLUDED', qualityNote: 'Out of focus' };
    const { data } = await update({ revision: 1, ...excluded, dayOfStudy: 12 });
    expect(data['updateImage']).toEqual({
      ...excluded,
      dayOfStudy: 12,
      modality: 'DERMOSCOPY',
      revision: 2,
    });
    const late = await update({ revision: 1, quality: 'ACCEPTED' });
    expect(late.codes).toEqual(['CONFLICT']);
    expect(late.errors[0]!.extensions).toMatchObject({ stored: { revision: 2, ...excluded } });
    // A note cannot be emptied while the image stays excluded.
    expect((await update({ revision: 2, qualityNote: null })).codes).toEqual(['INVALID_INPUT']);
    expect((await update({ revision: 2, dayOfStudy: 99_999 })).codes).toEqual(['INVALID_INPUT']);
    const accepted = await update({ revision: 2, quality: 'ACCEPTED', modality: 'CLINICAL' });
    expect(accepted.data['updateImage']).toEqual({
      quality: 'ACCEPTED',
      qualityNote: null,
      dayOfStudy: 12,
      modality: 'CLINICAL',
      revision: 3,
    });
    expect((await update({ revision: 3, dayOfStudy: 1 }, auditor)).codes).toEqual(['FORBIDDEN']);
    expect((await update({ revision: 3, dayOfStudy: 1 }, stranger)).codes).toEqual(['NOT_FOUND']);
  });

  /** As a browser that has the bytes asks whether they still hold; fetch alone would add `no-cache`. */
  const ifChanged = (etag: string | null) => ({
    headers: { 'if-none-match': etag!, 'cache-control': 'max-age=0' },
  });

  it('is served upright and without a trace of metadata', async () => {
    for (const [name, width, height] of [
      ['display', 600, 900],
      ['thumbnail', 480, 720],
    ] as const) {
      const answer = await served.fetchAs(auditor, `/images/${imageId}/${name}.jpg`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('image/jpeg');
      expect(answer.headers.get('cache-control')).toMatch(/^private, max-age=\d+, immutable$/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      const bytes = Buffer.from(await answer.arrayBuffer());
      const metadata = await sharp(bytes).metadata();
      expect(metadata).toMatchObject({ format: 'jpeg', width, height });
      expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      const path = `/images/${imageId}/${name}.jpg`;
      const again = await served.fetchAs(auditor, path, ifChanged(answer.headers.get('etag')));
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
  });

  it('is served again after its derivatives were lost, to twenty at once', async () => {
    const sha256 = sha256Of(original);
    await world.storage.remove('thumbnails', sha256);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => served.fetchAs(auditor, `/images/${imageId}/thumbnail.jpg`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(await world.storage.has('thumbnails', sha256)).toBe(true);
  });

  it('says that its bytes are gone when the store lost even the original', async () => {
    const sha256 = sha256Of(original);
    await world.storage.remove('thumbnails', sha256);
    await world.storage.remove('originals', sha256);
    const answer = await served.fetchAs(auditor, `/images/${imageId}/thumbnail.jpg`);
    expect(answer.status).toBe(503);
    await storeImage(world.storage, sha256, original);
  });

  it('has masks that are served by the same rules, old versions too', async () => {
    for (const id of maskIds) {
      const answer = await served.fetchAs(auditor, `/masks/reference/${id}.png`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 6, height: 9 });
      const again = await served.fetchAs(
        auditor,
        `/masks/reference/${id}.png`,
        ifChanged(answer.headers.get('etag')),
      );
      expect(again.status).toBe(304);
    }
  });

  it('is not loaded for strangers from any other row that names it', async () => {
    const { lesionId } = await world.db.image.findUniqueOrThrow({ where: { id: imageId } });
    const seen = async (viewer: Viewer) => {
      const context = world.contextFor(viewer);
      const [image] = await Promise.allSettled([imageLoader(context).load(imageId)]);
      return {
        image: image.status,
        ofLesion: (await imagesOfLesionLoader(context).load(lesionId)).length,
        mask: (await referenceMaskLoader(context).load(imageId))?.version ?? null,
      };
    };
    expect(await seen(auditor)).toEqual({ image: 'fulfilled', ofLesion: 1, mask: 2 });
    expect(await seen(stranger)).toEqual({ image: 'rejected', ofLesion: 0, mask: null });
  });

  it('answers strangers as if nothing were there, and asks nobody in particular to sign in', async () => {
    const paths = (image: string, mask: string) => [
      `/images/${image}/display.jpg`,
      `/images/${image}/thumbnail.jpg`,
      `/masks/reference/${mask}.png`,
    ];
    const bodyOf = async (viewer: Viewer | undefined, path: string) => {
      const answer = await served.fetchAs(viewer, path);
      const text = await answer.text();
      return { status: answer.status, text: text.replace(/[0-9a-f-]{36}/g, '<id>') };
    };
    const absent = paths(crypto.randomUUID(), crypto.randomUUID());
    for (const [i, path] of paths(imageId, maskIds[1]!).entries()) {
      const foreign = await bodyOf(stranger, path);
      expect(foreign.status).toBe(404);
      expect(foreign).toEqual(await bodyOf(stranger, absent[i]!));
      expect((await bodyOf(undefined, path)).status).toBe(401);
    }
    for (const path of paths('no-id', 'no-id')) {
      expect((await bodyOf(coordinator, path)).status).toBe(404);
    }
  });
});
