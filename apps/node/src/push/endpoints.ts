import { BlockList, isIP } from 'node:net'
import { CuroError } from '@curo/crypto/errors'
import type { Config } from '../config.ts'

/**
 * [Note: pushes go out only] A browser names the address that this node then calls. So it must be a push service that
 * the hospital uses, by its name, on the usual port; and whatever that name leads to, no address of a private or special
 * network is called (IANA special-purpose registries, RFC 6890).
 */
const SPECIAL = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  SPECIAL.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  SPECIAL.addSubnet(network, bits, 'ipv6')

/** What is routed on the public internet; outside it are also mapped, translated and local addresses. */
const GLOBAL_V6 = new BlockList()
GLOBAL_V6.addSubnet('2000::', 3, 'ipv6')

/** Whether this is a host on the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !SPECIAL.check(address, 'ipv4')
  if (family !== 6) return false
  return GLOBAL_V6.check(address, 'ipv6') && !SPECIAL.check(address, 'ipv6')
}

/** @throws 'invalid-input' for what is not a push service that this hospital uses */
export function checkEndpoint(endpoint: string, { push }: Pick<Config, 'push'>): void {
  const url = new URL(endpoint)
  const isPlain =
    url.protocol === 'https:' &&
    url.port === '' &&
    url.username === '' &&
    url.password === '' &&
    url.hash === ''
  const isNamed = isIP(url.hostname.replace(/[[\]]/g, '')) === 0 && url.hostname.includes('.')
  if (isPlain && isNamed && push.services.some((service) => isOf(url.hostname, service))) return
  throw new CuroError('invalid-input', 'This hospital does not send to this browser’s push service.')
}

/** `push.example`, `*.push.example` for every name below it, `*` for any host on the public internet. */
function isOf(host: string, service: string): boolean {
  if (service === '*') return true
  return service.startsWith('*.') ? host.endsWith(service.slice(1)) : host === service
}
