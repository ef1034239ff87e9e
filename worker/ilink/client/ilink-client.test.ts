import { describe, expect, it } from 'vitest'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import { IlinkClient } from '@/worker/ilink/client/ilink-client'

/** A client for a network in which every host has this address. */
function clientAt(address: string, ilinkOrigin?: string) {
  const egress = createEgressPolicy({ allow: [], ownPorts: [], resolveHost: async () => [address] })
  const { signal } = new AbortController()
  return new IlinkClient({ agent: openGuardedAgent(egress), ilinkOrigin, isLeaseValid: () => true, signal })
}

const call = { origin: 'https://ilinkai.weixin.qq.com', path: '/ilink/bot/getconfig', timeoutMs: 2000 }

describe('a call to iLink', () => {
  it.each([
    ['a host of Tencent that resolves to a private address', clientAt('10.0.0.7')],
    ['cloud metadata', clientAt('169.254.169.254')],
    ['ILINK_ORIGIN at a private address that EGRESS_ALLOW does not contain', clientAt('10.0.0.7', 'http://lan.test')],
  ])('never reaches %s', async (_, client) => {
    await expect(client.post(call, {})).rejects.toMatchObject({ failure: 'unreachable', detail: 'EgressRefusedError' })
  })
})
