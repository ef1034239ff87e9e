import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { decideSettings, ownPorts } from './decide-settings.mjs'

const free = { PORT: '0', WORKER_PORT: '0', SIMULATOR_PORT: '0' }
const options = { dataDir: '/data', isDev: false, patienceMs: 0 }

describe('the settings of npm start', () => {
  it('have a default for a list that is unset, and keep one that is set but empty', async () => {
    expect(await decideSettings(free, options)).toMatchObject({ EGRESS_ALLOW: '127.0.0.0/8,::1/128,localhost' })
    expect(await decideSettings({ ...free, EGRESS_ALLOW: '', QUN_ALLOW: '' }, options)).toMatchObject({
      EGRESS_ALLOW: '',
      QUN_ALLOW: '',
    })
  })

  it('point WeChat at the simulator, or wherever WECHAT_ORIGIN says, or nowhere when it is the real one', async () => {
    const simulated = await decideSettings(free, options)
    expect(simulated['WECHAT_ORIGIN']).toBe(`http://127.0.0.1:${simulated['SIMULATOR_PORT']}`)
    const elsewhere = await decideSettings({ ...free, WECHAT_ORIGIN: 'http://127.0.0.1:9' }, options)
    expect(elsewhere['WECHAT_ORIGIN']).toBe('http://127.0.0.1:9')
    const real = await decideSettings({ ...free, WECHAT: 'real' }, options)
    expect(real).not.toHaveProperty('WECHAT_ORIGIN')
    expect(real).not.toHaveProperty('SIMULATOR_PORT')
  })

  it('name a taken port and the variable that changes it, and wait for one that is being left', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const env = { ...free, WORKER_PORT: String((other.address() as AddressInfo).port) }
    await expect(decideSettings(env, options)).rejects.toThrow(`WORKER_PORT=`)
    const waiting = decideSettings(env, { ...options, patienceMs: 10_000 })
    other.close()
    expect(await waiting).toMatchObject({ WORKER_PORT: env.WORKER_PORT })
  })

  it('refuse what is no port, and one port for two', async () => {
    await expect(decideSettings({ ...free, PORT: 'abc' }, options)).rejects.toThrow('PORT=abc is no port')
    const { PORT = '' } = await decideSettings(free, options)
    await expect(decideSettings({ ...free, PORT, WORKER_PORT: PORT }, options)).rejects.toThrow('are both')
  })

  it('list our own ports, the servers we use included', () => {
    const settings = { PORT: '3000', WORKER_PORT: '3001' }
    expect(ownPorts(settings, ['postgres://u:p@h:6000/x', 'redis://h', undefined])).toBe('3000,3001,6000,6379')
  })
})
