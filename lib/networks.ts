import { BlockList, isIP, isIPv6 } from 'node:net'

export type Network = { address: string; prefix: number }

/** Parses a CIDR, or an address as the network of that one address; null if the text is neither. */
export function parseNetwork(text: string): Network | null {
  const [address = '', prefixText, ...rest] = text.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return null
  const maxPrefix = version === 6 ? 128 : 32
  if (prefixText !== undefined && !/^\d{1,3}$/.test(prefixText)) return null
  const prefix = prefixText === undefined ? maxPrefix : Number(prefixText)
  return prefix <= maxPrefix ? { address, prefix } : null
}

/** Returns whether an address is in one of the networks; items that are not a network match nothing. */
export function isInNetworks(networks: readonly string[], address: string): boolean {
  const family = isIP(address)
  if (!family) return false
  const list = new BlockList()
  for (const network of networks.flatMap((item) => parseNetwork(item) ?? []))
    list.addSubnet(network.address, network.prefix, isIPv6(network.address) ? 'ipv6' : 'ipv4')
  return list.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** Returns whether a text is a host name: ASCII letters, digits, hyphens and dots, with at least one letter. */
export function isHostname(text: string): boolean {
  return /^(?=.*[a-z])[\w.-]{1,253}$/i.test(text)
}

/**
 * Returns the network by which an address is counted: the /64 of an IPv6 address, because a subscriber controls the rest; an
 * IPv4 address itself, also in IPv4-mapped form (`::ffff:…`). Other text is returned unchanged.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.split('%')
  if (!isIPv6(bare)) return address
  // The URL parser normalizes addresses: compressed, lower case, no dotted quad.
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::')
  const groupsOf = (text = '') => text.split(':').filter(Boolean)
  const [first, last] = [groupsOf(head), groupsOf(tail)]
  const groups = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last]
  const [high = 0, low = 0] = groups.slice(6).map((group) => parseInt(group, 16))
  const isMapped = groups.slice(0, 5).every((group) => group === '0') && groups[5] === 'ffff'
  if (isMapped) return [high >> 8, high & 255, low >> 8, low & 255].join('.')
  return `${groups.slice(0, 4).join(':')}::/64`
}
