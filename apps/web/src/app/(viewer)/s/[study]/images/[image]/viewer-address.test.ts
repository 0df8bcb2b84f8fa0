import { describe, expect, it } from 'vitest';
import { lookInAddress, viewerVersions, visibleLayers } from './viewer-address';

const version = (id: string) => ({
  id,
  title: `multitask ${id}`,
  version: id,
  model: { name: 'multitask' },
});
const versions = ['3', '2', '1'].map(version);

describe('viewerVersions', () => {
  it('takes those the address names, in its order', () => {
    const shown = viewerVersions(versions, [], 'multitask@1,multitask@9,multitask@3');
    expect(shown.map(({ id }) => id)).toEqual(['1', '3']);
  });

  it('else takes those that scored the image', () => {
    const shown = viewerVersions(versions, [{ modelVersion: { id: '2' } }], null);
    expect(shown.map(({ id }) => id)).toEqual(['2']);
  });

  it('else offers the newest, so that the image can be scored', () => {
    expect(viewerVersions(versions, [], null).map(({ id }) => id)).toEqual(['3']);
    expect(viewerVersions([], [], null)).toEqual([]);
  });
});

describe('visibleLayers', () => {
  it('shows the reference and two versions at first', () => {
    expect(visibleLayers(null, versions)).toEqual(['ref', 'multitask@3', 'multitask@2']);
  });

  it('shows exactly those named, and nothing for an empty list', () => {
    expect(visibleLayers('multitask@1,ref', versions)).toEqual(['ref', 'multitask@1']);
    expect(visibleLayers('', versions)).toEqual([]);
  });
});

describe('lookInAddress', () => {
  it('reads mode and opacity', () => {
    expect(lookInAddress(new URLSearchParams('mode=fill&opacity=0'))).toEqual({
      mode: 'fill',
      opacity: 0,
    });
  });

  it.each(['mode=blur', 'opacity=101', 'opacity=x', 'opacity=1.5', ''])(
    'leaves %j to the settings',
    (address) => {
      expect(lookInAddress(new URLSearchParams(address))).toEqual({});
    },
  );
});
