import { beforeEach, describe, expect, it } from 'vitest'
import { lendConnector } from '@/lib/connector/lend-connector'
import { updateConnector } from '@/lib/connector/update-connector'
import { listSeenAddresses, recordSeenAddress } from '@/lib/wecom/seen-addresses'
import { givenApplication, givenSession } from '@/lib/testing/factories'
import { checkCompany } from '@/worker/testing/check-company'
import { connectCompany } from '@/worker/testing/conformance-drivers'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

const account = 'wkSimulator0001'

const test = useRobots()
let connectorId: string
beforeEach(async () => {
  connectorId = (await connectCompany(test)).connectorId
  await test.db.transaction(async (tx) =>
    lendConnector(tx, { connectorId, applicationIds: [await givenApplication(tx)] }),
  )
})

const check = () => checkCompany(test, { connectorId })

describe('a check of a company', () => {
  it('names what is missing', async () => {
    expect(await check()).toEqual([])
    await test.control('/wecom/settings', { isIpRefused: true })
    expect(await check()).toEqual(['wecom_check_ip'])
    await test.control('/wecom/settings', { isIpRefused: false })
    await test.control(`/wecom/accounts/${account}`, { canManage: false })
    await test.sql`update wecom_companies set callback_hash = 'other' where connector_id = ${connectorId}`
    expect(await check()).toEqual(['wecom_check_cannot_send', 'wecom_check_callback'])
    await test.control('/faults', { path: '/account/list', kind: 'reset' })
    expect(await check()).toEqual(['wecom_check_unreachable', 'wecom_check_callback'])
  })

  it('warns of an address that WeCom cannot call, and starts robots all the same', async () => {
    const robotId = await test.givenRobot({ connection: 'wecom_kf', connectorId, username: account })
    const end = { state: 'ended', endReason: 'expired', endedAt: new Date(Date.now() - 1000) } as const
    await givenSession(test.db, { robotId, ...end })
    const lan = { connectorId, publicUrl: 'https://192.168.1.4:3000', wechat: 'real' } as const
    expect(await checkCompany(test, lan)).toEqual(['wecom_check_public_url'])
    expect(await test.sql`select 1 from sessions where robot_id = ${robotId} and state <> 'ended'`).toHaveLength(1)
    expect(await checkCompany(test, { ...lan, publicUrl: 'http://wxbot.example.cn' })).toHaveLength(1)
    expect(await checkCompany(test, { ...lan, publicUrl: 'https://wxbot.example.cn' })).toEqual([])
    expect(await checkCompany(test, { ...lan, wechat: 'simulator' })).toEqual([])
  })

  it('keeps the address that WeCom saw after WeCom trusts it', async () => {
    await test.control('/wecom/settings', { isIpRefused: true })
    expect(await check()).toEqual(['wecom_check_ip'])
    await test.control('/wecom/settings', { isIpRefused: false })
    expect(await check()).toEqual([])
    await recordSeenAddress(test.db, { connectorId, address: '198.51.100.9' })
    await recordSeenAddress(test.db, { connectorId, address: '203.0.113.7' })
    const seen = await listSeenAddresses(test.db, { connectorId })
    expect(seen.map(({ address }) => address)).toEqual(['203.0.113.7', '198.51.100.9'])
  })

  it('of more than 1,000 people names that the owners of the groups are missing, until they are entered', async () => {
    await test.sql`update connectors set is_assistant = true where id = ${connectorId}`
    await test.control('/wecom/settings', { visibleCount: 1001 })
    expect(await check()).toEqual(['wecom_check_owners'])
    const settings = { groupOwners: 'ZhangSan' }
    await test.db.transaction((tx) => updateConnector(tx, { sealer: testSealer, connectorId, settings }))
    expect(await check()).toEqual([])
  })

  it('whose customer groups serve merchants names that the app may not read them, and needs no customer service', async () => {
    await test.sql`update connectors set is_assistant = true where id = ${connectorId}`
    await test.control('/faults', { path: '/groupchat/list', kind: 'ret', ret: 48002 })
    expect(await check()).toEqual(['wecom_check_groups'])
    await test.control('/faults', { path: '/account/list', kind: 'ret', ret: 48002 })
    expect(await check()).toEqual([])
  })
})
