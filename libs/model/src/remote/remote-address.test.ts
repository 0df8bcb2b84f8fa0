import type { lookup } from 'node:dns';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { anywhere } from '../../engine-for-tests.js';
import { guardedLookup, requireAllowed, tokenFor } from './remote-address.js';
import { parseEndpoint } from './remote-endpoint.js';

const allow = (url: string, allowedHosts?: string[]) => {
  requireAllowed(parseEndpoint({ url, model: 'm' }), { ...anywhere, allowedHosts });
};
const refused = { code: 'ADDRESS_REFUSED', where: 'url' };

describe('which engines may be asked', () => {
  it.each([
    'http://169.254.169.254',
    'http://169.254.0.1:8000',
    // The same in other spellings, which an address has many of.
    'http://2852039166',
    'http://0xa9.0xfe.0xa9.0xfe',
    'http://[::ffff:169.254.169.254]',
    'http://[64:ff9b::a9fe:a9fe]',
    'http://[fe80::1]',
    'http://[fd00:ec2::254]',
    'http://100.100.100.200',
    'http://168.63.129.16',
    'http://0.0.0.0:8000',
    'http://[::]:8000',
    'http://224.0.0.1',
    'http://255.255.255.255',
  ])('refuses %s, where no engine lives', (url) => {
    expect(() => {
      allow(url);
    }).toThrow(expect.objectContaining(refused));
  });

  it.each([
    ...['http://127.0.0.1:8000', 'http://[::1]:8000', 'http://10.0.0.5', 'http://192.168.1.9'],
    ...['http://[fd12::5]:8000', 'https://triton.example.org', 'http://100.100.100.201'],
  ])('allows %s, where engines do live', (url) => {
    expect(() => {
      allow(url);
    }).not.toThrow();
  });

  it('keeps to the list of the operator, by host, port or domain', () => {
    const listed = ['triton', 'gpu:8000', '*.serving.example.org', '[::1]'];
    for (const url of [
      ...['http://triton', 'http://triton:9000', 'http://gpu:8000', 'http://[::1]:7'],
      'https://multitask.serving.example.org',
    ]) {
      expect(() => {
        allow(url, listed);
      }).not.toThrow();
    }
    for (const url of [
      ...['http://gpu:8001', 'http://gpu', 'http://tritonx', 'http://serving.example.org'],
      ...['http://evilserving.example.org', 'http://127.0.0.1'],
    ]) {
      expect(() => {
        allow(url, listed);
      }).toThrow(expect.objectContaining(refused));
    }
    expect(() => {
      allow('http://triton', []);
    }).toThrow(expect.objectContaining(refused));
    // No list makes an address of the cloud machine itself an engine.
    expect(() => {
      allow('http://169.254.169.254', ['169.254.169.254']);
    }).toThrow(expect.objectContaining(refused));
  });

  it('judges a name by where it leads when it is connected to', async () => {
    const guarded = promisify(guardedLookup) as unknown as typeof lookup.__promisify__;
    expect(await guarded('localhost', { family: 4 })).toBe('127.0.0.1');
    expect(await guarded('localhost', { family: 4, all: true })).toEqual([
      { address: '127.0.0.1', family: 4 },
    ]);
    // A literal resolves to itself, and stands here for a name that was moved.
    await expect(guarded('169.254.169.254', {})).rejects.toMatchObject(refused);
    await expect(guarded('169.254.169.254', { all: true })).rejects.toMatchObject(refused);
    await expect(guarded('no-such-host.invalid', {})).rejects.toMatchObject({
      syscall: 'getaddrinfo',
    });
  });
});

describe('a token', () => {
  const tokenVariable = 'LESIONWISE_REMOTE_TOKEN_TRITON';
  const tokenOf = (variable: string) => (variable === tokenVariable ? 'sesame' : undefined);
  const ask = (url: string, allowedHosts: string[] | undefined, variable = tokenVariable) =>
    tokenFor(parseEndpoint({ url, model: 'm', tokenVariable: variable }), {
      allowedHosts,
      tokenOf,
    });
  const refusedToken = expect.objectContaining({ code: 'TOKEN_REFUSED', where: 'tokenVariable' });

  it('is sent to listed hosts, by https or to this machine', () => {
    expect(ask('https://triton.example.org', ['triton.example.org'])).toBe('sesame');
    expect(ask('http://127.0.0.1:8000', ['127.0.0.1'])).toBe('sesame');
    expect(tokenFor({ url: 'http://anywhere' }, anywhere)).toBeUndefined();
  });

  it.each<[string, string, string[] | undefined, string?]>([
    ['where no list says to whom', 'https://triton.example.org', undefined],
    ['to a host that is not listed', 'https://evil.example.org', ['triton.example.org']],
    ['readably over a network', 'http://triton.example.org', ['triton.example.org']],
    ['that is not set', 'https://triton', ['triton'], 'LESIONWISE_REMOTE_TOKEN_OTHER'],
  ])('is refused %s', (_why, url, allowed, variable) => {
    expect(() => ask(url, allowed, variable)).toThrow(refusedToken);
  });

  it.each(['DATABASE_URL', 'LESIONWISE_SECRET', 'LESIONWISE_REMOTE_TOKEN_', 'sesame'])(
    'is never taken from %s',
    (variable) => {
      const endpoint = { url: 'https://triton', model: 'm', tokenVariable: variable };
      expect(() => parseEndpoint(endpoint)).toThrow(
        expect.objectContaining({ code: 'ENDPOINT_INVALID', where: 'tokenVariable' }),
      );
    },
  );
});

describe('an endpoint', () => {
  it('has defaults for what need not be said', () => {
    expect(parseEndpoint({ url: 'https://Triton.Example.org:443/serving/', model: 'm' })).toEqual({
      ...{ url: 'https://triton.example.org/serving', model: 'm', concurrency: 2, maxBatch: 16 },
      ...{ connectTimeoutMs: 2000, answerTimeoutMs: 30_000 },
    });
  });

  it.each<[string, object]>([
    ['url', { url: 'triton:8000' }],
    ['url', { url: 'file:///etc/passwd' }],
    ['url', { url: 'http://me:sesame@triton' }],
    ['url', { url: 'http://triton?token=sesame' }],
    ['url', { url: 'http://triton#sesame' }],
    ['model', { model: '../admin' }],
    ['model', { model: '' }],
    ['version', { version: '1/infer' }],
    ['answerTimeoutMs', { answerTimeoutMs: 0 }],
    ['concurrency', { concurrency: 1.5 }],
    ['maxBatch', { maxBatch: 1e9 }],
    ['', { timeout: 5 }],
  ])('is refused for its %s in %j, without repeating it', (where, changes) => {
    const refusal = () => parseEndpoint({ url: 'http://triton', model: 'm', ...changes });
    expect(refusal).toThrow(expect.objectContaining({ code: 'ENDPOINT_INVALID', where }));
    expect(refusal).not.toThrow(/sesame/);
  });
});
