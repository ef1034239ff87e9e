import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { decideSettings, findTakenPorts, ownPorts } from './decide-settings.mjs'

const free = { PORT: '0', WORKER_PORT: '0', SIMULATOR_PORT: '0' }
const options = { dataDir: '/data', isDev: false }

describe('the settings of npm start', () => {
  it('use a default for an unset list and keep a list that is set but empty', async () => {
    expect(await decideSettings(free, options)).toMatchObject({ EGRESS_ALLOW: '127.0.0.0/8,::1/128,localhost' })
    expect(await decideSettings({ ...free, EGRESS_ALLOW: '', QUN_ALLOW: '' }, options)).toMatchObject({
      EGRESS_ALLOW: '',
      QUN_ALLOW: '',
    })
  })

  it('set WECHAT_ORIGIN to the simulator unless it is set, and leave it unset for the real WeChat', async () => {
    const simulated = await decideSettings(free, options)
    expect(simulated['WECHAT_ORIGIN']).toBe(`http://127.0.0.1:${simulated['SIMULATOR_PORT']}`)
    expect(simulated['ILINK_ORIGIN']).toBe(simulated['WECHAT_ORIGIN'])
    expect(simulated['WECOM_ORIGIN']).toBe(simulated['WECHAT_ORIGIN'])
    const elsewhere = await decideSettings({ ...free, WECHAT_ORIGIN: 'http://127.0.0.1:9' }, options)
    expect(elsewhere['WECHAT_ORIGIN']).toBe('http://127.0.0.1:9')
    const real = await decideSettings({ ...free, WECHAT: 'real' }, options)
    expect(real).not.toHaveProperty('WECHAT_ORIGIN')
    expect(real).not.toHaveProperty('ILINK_ORIGIN')
    expect(real).not.toHaveProperty('SIMULATOR_PORT')
  })

  it('report a used port with the variable that changes it, and wait for a port that is being released', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = { HOST: '127.0.0.1', WORKER_PORT: String((other.address() as AddressInfo).port) }
    expect(await findTakenPorts(taken, { timeoutMs: 0 })).toEqual([
      { names: ['WORKER_PORT'], reason: expect.stringContaining('WORKER_PORT=') },
    ])
    const waiting = findTakenPorts(taken, { timeoutMs: 10_000 })
    other.close()
    expect(await waiting).toEqual([])
  })

  it('report a HOST of another machine once, and ignore a port that is not a number', async () => {
    const foreign = { HOST: '192.0.2.1', PORT: '3000', WORKER_PORT: '3001', SIMULATOR_PORT: 'abc' }
    expect(await findTakenPorts(foreign, { timeoutMs: 0 })).toEqual([
      { names: ['HOST'], reason: expect.stringContaining('192.0.2.1') },
    ])
  })

  it('list the ports of the product and of its servers', () => {
    const settings = { PORT: '3000', WORKER_PORT: '3001' }
    expect(ownPorts(settings, ['postgres://u:p@h:6000/x', 'redis://h', undefined])).toBe('3000,3001,6000,6379')
  })
})
