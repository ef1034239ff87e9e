import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { checkUrl } from '@/lib/egress/check-url'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'

const names: Record<string, string[]> = {
  'shop.example': ['93.184.215.14'],
  'dual.example': ['93.184.215.14', '2606:2800:21f:cb07::1'],
  'mixed.example': ['93.184.215.14', '10.0.0.5'],
  'mixed6.example': ['2606:2800:21f:cb07::1', 'fd00::1'],
  'metadata.example': ['169.254.169.254'],
  'nowhere.example': [],
  localhost: ['127.0.0.1', '::1'],
  'inner.shop': ['10.9.9.9'],
}
const resolveHost = async (hostname: string) => {
  const addresses = names[hostname]
  if (!addresses) throw new Error('ENOTFOUND')
  return addresses
}
const closed = createEgressPolicy({ allow: [], ownPorts: [3000], resolveHost })
const opened = createEgressPolicy({
  allow: ['127.0.0.0/8', '::1', 'fd00:ec2::/32', '100.64.0.0/10', '169.254.0.0/16', 'Inner.Shop.', '10.1.0.0/16'],
  ownPorts: [3000, 5432],
  resolveHost,
})
const isOpen = async (policy: typeof closed, url: string) => (await checkUrl(policy, url)).ok

describe('with nothing allowed', () => {
  it.each([
    'http://shop.example/cb',
    'https://shop.example:8443/cb?a=b',
    'http://dual.example',
    'http://93.184.215.14/',
    'http://[2606:2800:21f:cb07::1]/',
    'http://SHOP.example./',
    'http://unknown.example/ (does not resolve now)',
  ])('%s is reachable', async (url) => expect(await isOpen(closed, url)).toBe(true))

  it.each([
    ['no URL', ['', 'shop.example/cb', 'http://', 'http://[fe80::1%25eth0]/', 'http://256.1.1.1/']],
    [
      'another protocol',
      ['ftp://shop.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'gopher://shop.example/'],
    ],
    ['credentials', ['http://user@shop.example/', 'http://a:b@shop.example/', 'http://shop.example@127.0.0.1/']],
    [
      'loopback',
      ['http://127.0.0.1/', 'http://127.8.8.8/', 'http://localhost/', 'http://localhost./', 'http://[::1]/'],
    ],
    ['other spellings of 127.0.0.1', ['http://2130706433/', 'http://0x7f.1/', 'http://017700000001/', 'http://127.1/']],
    [
      'further spellings of 127.0.0.1',
      ['http://127.0.0.1./', 'http://①②⑦.0.0.1/', 'http://%31%32%37.0.0.1/', 'http:127.0.0.1'],
    ],
    ['this machine', ['http://0/', 'http://0.0.0.0/', 'http://[::]/']],
    ['private', ['http://10.0.0.1/', 'http:\\\\10.0.0.1', 'http://172.31.255.255/', 'http://192.168.1.1/']],
    ['carrier-grade NAT', ['http://100.64.0.1/', 'http://100.127.255.255/']],
    ['link-local', ['http://169.254.1.1/', 'http://[fe80::1]/']],
    ['metadata', ['http://169.254.169.254/latest/', 'http://100.100.100.200/', 'http://[fd00:ec2::254]/']],
    ['a public metadata address', ['http://168.63.129.16/']],
    ['multicast, reserved, documentation', ['http://224.0.0.1/', 'http://255.255.255.255/', 'http://192.0.2.1/']],
    ['unique local, multicast', ['http://[fd00::1]/', 'http://[fc00::1]/', 'http://[ff02::1]/', 'http://[fec0::1]/']],
    ['IPv4 in IPv6', ['http://[::ffff:127.0.0.1]/', 'http://[::ffff:a00:1]/', 'http://[::ffff:8.8.8.8]/']],
    ['compatible, NAT64', ['http://[::127.0.0.1]/', 'http://[64:ff9b::a00:1]/', 'http://[64:ff9b:1::a00:1]/']],
    ['6to4, Teredo, documentation', ['http://[2002:7f00:1::]/', 'http://[2001::1]/', 'http://[2001:db8::1]/']],
    ['a name with one refused address', ['http://mixed.example/', 'http://mixed6.example/']],
    ['a name of a metadata address', ['http://metadata.example/']],
  ])('%s is refused', async (_kind, urls) => {
    for (const url of urls) expect(await isOpen(closed, url), url).toBe(false)
  })
})

describe('EGRESS_ALLOW allows exactly its items', () => {
  it.each([
    'http://127.0.0.1:9000/',
    'http://[::1]:9000/',
    'http://inner.shop/',
    'http://10.1.2.3/',
    'http://100.64.9.9/',
  ])('%s is reachable', async (url) => expect(await isOpen(opened, url)).toBe(true))

  it.each(['http://10.9.9.9/', 'http://10.2.0.1/', 'http://a.inner.shop@10.9.9.9/', 'http://[::ffff:127.0.0.1]:9000/'])(
    '%s is not',
    async (url) => expect(await isOpen(opened, url)).toBe(false),
  )

  it.each([
    'http://169.254.169.254/',
    'http://100.100.100.200/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:169.254.169.254]/',
    'http://metadata.example/',
  ])('metadata is refused: %s', async (url) => expect(await isOpen(opened, url)).toBe(false))

  it('our own ports are refused on loopback and on this machine’s addresses', async () => {
    const mine = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
    const hosts = mine.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address))
    const all = createEgressPolicy({ allow: ['0.0.0.0/0', '::/0', 'localhost'], ownPorts: [3000, 80], resolveHost })
    for (const host of [...hosts, '127.9.9.9', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', 'localhost']) {
      expect(await isOpen(all, `http://${host}:3000/`), host).toBe(false)
      expect(await isOpen(all, `http://${host}/`), `${host}, default port`).toBe(false)
      expect(await isOpen(all, `http://${host}:3999/`), `${host}, another port`).toBe(true)
    }
    expect(await isOpen(all, 'http://10.0.0.1:3000/')).toBe(true)
  })

  it.each(['10.0.0.0/33', '300.1.1.1', 'http://x', '10.0.0.0/', '::1/129', '*'])(
    'an item that is neither CIDR nor host is refused at start: %s',
    (item) => expect(() => createEgressPolicy({ allow: [item], ownPorts: [] })).toThrow(/EGRESS_ALLOW/),
  )
})
