import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { RemoteEndpoint } from './remote-endpoint.js';
import { RemoteEngineError } from './remote-engine-error.js';

/** What the operator lets engines be asked by; from the environment of the process. */
export interface RemoteAccess {
  /** `host`, `host:port` or `*.domain`; undefined allows every host that is not forbidden to all. */
  allowedHosts: readonly string[] | undefined;
  /** The value of an environment variable whose name an endpoint gives. */
  tokenOf: (variable: string) => string | undefined;
}

/**
 * Addresses no engine lives at, but the keys of a cloud machine do: whoever may register could otherwise
 * have our process read them. Loopback and private networks are allowed, because engines do live there.
 */
const forbidden = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  forbidden.addSubnet(network, prefix, 'ipv4');
  // The same by way of a NAT64 gateway.
  forbidden.addSubnet(`64:ff9b::${network}`, 96 + prefix, 'ipv6');
}
for (const [network, prefix] of [
  ['::', 128],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  forbidden.addSubnet(network, prefix, 'ipv6');
}
// The metadata services of Azure, Oracle, Alibaba and (by IPv6) Amazon are outside the link-local range.
for (const address of ['168.63.129.16', '192.0.0.192', '100.100.100.200']) {
  forbidden.addAddress(address, 'ipv4');
}
forbidden.addAddress('fd00:ec2::254', 'ipv6');

const isForbidden = (address: string) => {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  // IPv4-mapped addresses (::ffff:a.b.c.d) are checked as IPv4 by the list itself.
  return forbidden.check(address, family);
};

const refuse = (message: string) =>
  new RemoteEngineError('ADDRESS_REFUSED', message, { where: 'url' });

/** The host without the brackets that an address puts around IPv6. */
export const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

function isListed(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return allowed.some((entry) => {
    if (entry.startsWith('*.')) return url.hostname.endsWith(entry.slice(1));
    return entry === url.hostname || entry === `${url.hostname}:${port}`;
  });
}

/**
 * Refuses an endpoint whose host may not be asked; throws RemoteEngineError `ADDRESS_REFUSED`. A name is
 * judged once more by the address it resolves to, at each connection (`guardedLookup`).
 */
export function requireAllowed(
  { url: given }: Pick<RemoteEndpoint, 'url'>,
  { allowedHosts }: RemoteAccess,
): void {
  const url = new URL(given);
  const literal = bareHost(url);
  if (isIP(literal) !== 0 && isForbidden(literal)) {
    throw refuse('addresses of this range may not be asked: no engine lives there');
  }
  if (allowedHosts && !isListed(url, allowedHosts)) {
    throw refuse('the operator does not list this host in LESIONWISE_REMOTE_HOSTS');
  }
}

/** Resolves names as usual, but to no forbidden address: what was harmless at registration may move later. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) callback(error, '', 0);
    else if (addresses.some(({ address }) => isForbidden(address))) {
      callback(refuse('the name leads to an address that may not be asked'), '', 0);
    } else if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * The bearer token of an endpoint, undefined where it names none. It is sent only to a host that the
 * operator lists, and readable by nobody on the way: otherwise whoever may register could have it sent
 * to a host of their own. Throws RemoteEngineError `TOKEN_REFUSED`.
 */
export function tokenFor(
  { url: given, tokenVariable }: Pick<RemoteEndpoint, 'url' | 'tokenVariable'>,
  { allowedHosts, tokenOf }: RemoteAccess,
): string | undefined {
  if (tokenVariable === undefined) return undefined;
  const refuseToken = (message: string) =>
    new RemoteEngineError('TOKEN_REFUSED', message, { where: 'tokenVariable' });
  const url = new URL(given);
  if (!allowedHosts || !isListed(url, allowedHosts)) {
    throw refuseToken('a token is sent only to a host that LESIONWISE_REMOTE_HOSTS lists');
  }
  if (url.protocol !== 'https:' && !loopback.includes(url.hostname)) {
    throw refuseToken('a token is sent by https only');
  }
  const token = tokenOf(tokenVariable);
  if (!token) throw refuseToken(`${tokenVariable} is not set on this machine`);
  return token;
}
