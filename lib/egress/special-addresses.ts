import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** IANA's special-purpose registry, IPv4: ranges without hosts of the public internet. */
const specialIpv4 = [
  '0.0.0.0/8', // "this network"; Linux connects it to the machine itself
  '10.0.0.0/8',
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8',
  '169.254.0.0/16', // link-local
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16',
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and broadcast
]

/** IPv6 ranges inside global unicast without public hosts. */
const specialIpv6 = [
  '2001::/23', // protocol assignments, Teredo among them
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation
]

/** Metadata addresses of clouds, which return credentials; the last two are IPv4 addresses in NAT64 form. */
const metadata = [
  '169.254.169.254/32', // AWS, Azure, Google, Oracle, DigitalOcean
  '169.254.170.2/32', // AWS ECS
  '169.254.170.23/32', // AWS EKS
  '169.254.0.23/32', // Tencent
  '169.254.42.42/32', // Scaleway
  '100.100.100.200/32', // Alibaba
  '192.0.0.192/32', // Oracle
  '168.63.129.16/32', // Azure
  'fd00:ec2::254/128',
  'fd00:ec2::23/128',
  'fd20:ce::254/128', // Google
  'fd00:42::42/128', // Scaleway
  '64:ff9b::a9fe:0/112',
  '64:ff9b::6464:64c8/128',
]

const ipv4List = blockListOf(specialIpv4)
const ipv6List = blockListOf(specialIpv6)
const metadataList = blockListOf(metadata)
const globalUnicast = blockListOf(['2000::/3'])

/** Creates a list from CIDRs. @throws when one is invalid. */
export function blockListOf(cidrs: string[]): BlockList {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [address = '', prefix = ''] = cidr.split('/')
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Returns whether a list contains an address; an IPv4-mapped IPv6 address also counts as the IPv4 address. */
export function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Returns whether an address is public: IPv6 by the allocated ranges, IPv4 by excluding the special ranges. */
export function isPublicAddress(address: string): boolean {
  // Outside 2000::/3: loopback, link-local, unique local, multicast, IPv4-mapped and NAT64.
  if (isIP(address) === 6) return contains(globalUnicast, address) && !contains(ipv6List, address)
  return !contains(ipv4List, address)
}

export function isMetadataAddress(address: string): boolean {
  return contains(metadataList, address)
}

/** Returns whether an address belongs to this machine. */
export function isOwnAddress(address: string): boolean {
  const own = blockListOf(['0.0.0.0/8', '127.0.0.0/8', '::/127'])
  for (const { address: mine, family } of Object.values(networkInterfaces()).flatMap((list) => list ?? []))
    own.addAddress(mine, family === 'IPv6' ? 'ipv6' : 'ipv4')
  return contains(own, address)
}
