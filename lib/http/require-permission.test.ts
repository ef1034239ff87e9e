import { describe, expect, it } from 'vitest'
import type { Caller } from '@/lib/application/authenticate-token'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { requireAddress, requirePermission } from '@/lib/http/require-permission'

const caller: Caller = {
  applicationId: 'app_1',
  tokenId: 'tok_1',
  rateLimitPerMinute: 0,
  scopes: null,
  robotIds: null,
  networks: null,
}

describe('requireAddress', () => {
  const admit = (networks: string[] | null, ...peer: Parameters<typeof signPeerAddress>) => {
    const headers = new Headers({ [peerHeader]: signPeerAddress(...peer) })
    return () => requireAddress({ ...caller, networks }, { headers })
  }

  it('admits the addresses of the list, IPv4 also in IPv6 form, and any address without a list', () => {
    for (const address of ['10.1.2.3', '::ffff:10.1.2.3', '2001:db8::7'])
      expect(admit(['10.0.0.0/8', '2001:db8::/32'], address)).not.toThrow()
    expect(admit(null, '203.0.113.7')).not.toThrow()
  })

  it('refuses other addresses, an unknown one, and forwarding that no trusted proxy confirms', () => {
    for (const address of ['11.1.2.3', '2001:db9::7', 'unknown']) expect(admit(['10.0.0.0/8'], address)).toThrow('地址')
    expect(admit(['10.0.0.0/8'], '10.1.2.3', { isForwarded: true })).toThrow('地址')
    expect(() => requireAddress({ ...caller, networks: ['0.0.0.0/0'] }, { headers: new Headers() })).toThrow('地址')
  })
})

describe('requirePermission', () => {
  const robotCall = { method: 'GET', path: '/robots/{robot_id}' } as const

  it('admits a token for one robot to calls about it, and to calls that leave out the others', () => {
    const limited = { ...caller, robotIds: ['rbt_1'] }
    expect(() => requirePermission(limited, robotCall, 'rbt_1')).not.toThrow()
    expect(() => requirePermission(limited, robotCall, 'rbt_2')).toThrow('机器人')
    expect(() => requirePermission(limited, { method: 'GET', path: '/v1/conversations' }, '')).toThrow('机器人')
    const list = { method: 'GET', path: '/v1/robots', filtersRobots: true } as const
    expect(() => requirePermission(limited, list, '')).not.toThrow()
  })
})
