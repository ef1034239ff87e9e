import { isIP } from 'node:net'
import { isPublicAddress } from '@/lib/egress/special-addresses'

/** Names that only a computer or a network of one's own resolves. */
const localNames = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|test|example)$/

/**
 * Returns whether WeCom can call an address by its form: HTTPS, and neither a name without a domain nor a loopback or private address.
 * Does not resolve the name.
 */
export function isPublicUrl(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl)
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (protocol !== 'https:') return false
  return isIP(host) === 0 ? host.includes('.') && !localNames.test(host) : isPublicAddress(host)
}
