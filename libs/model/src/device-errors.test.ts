import { describe, expect, it } from 'vitest';
import { DeviceOutOfMemoryError, saysOutOfMemory } from './device-errors.js';

describe('saysOutOfMemory', () => {
  // The first and the last were seen on this runtime; the others are its sources' own words.
  it.each([
    'Failed to allocate memory for requested buffer of size 17592186044416',
    'CUDA failure 2: out of memory ; GPU=0 ; hostname=worker ; expr=cudaMalloc((void**)&p, size);',
    'BFC Arena ran out of memory trying to allocate 4294967296',
    'CUDNN failure 4: CUDNN_STATUS_ALLOC_FAILED ; GPU=0',
    'CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0',
    'std::bad_alloc',
    'Array buffer allocation failed',
    'WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error.',
  ])('knows: %s', (words) => {
    expect(saysOutOfMemory(words)).toBe(true);
  });

  it.each([
    'indices element out of data bounds, idx=200 must be within the inclusive range [-2,1]',
    'CUDA failure 700: an illegal memory access was encountered ; GPU=0',
    'WebGPU device lost (1): device was destroyed',
    'Can not use strings in pre-allocated memory',
  ])('does not take this for it: %s', (words) => {
    expect(saysOutOfMemory(words)).toBe(false);
  });
});

describe('DeviceOutOfMemoryError', () => {
  it('says how many images were too many', () => {
    const message = (count: number) => new DeviceOutOfMemoryError('cuda', count, 'full').message;
    expect(message(32)).toBe('the device cuda has no memory for 32 images at once: full');
    expect(message(1)).toBe('the device cuda has no memory for this image: full');
  });
});
