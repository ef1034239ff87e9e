import { describe, expect, it } from 'vitest'
import { codePath, roomName, useSimulator } from '@/worker/wechat/testing/use-simulator'

const test = useSimulator()

describe('a login', () => {
  it('emits the QR code, the scan and then all rooms of the account', async () => {
    const { robot, rooms } = await test.online()
    expect(robot.events.map(({ type }) => type)).toEqual(['qr_code', 'scanned', 'online', 'rooms', 'contacts'])
    expect(await robot.next('scanned')).toMatchObject({ avatar: expect.stringMatching(/^data:image\/png;base64,/) })
    expect(await robot.next('online')).toMatchObject({ account: { uin: '1000000001', nickname: '微米助手' } })
    expect(rooms.map(({ name }) => name)).toContain('团购接龙🛒 100111')
    expect(rooms.find(({ name }) => name === roomName)).toMatchObject({ memberCount: 8, wechatId: test.roomId() })
  })

  it('emits another QR code after one is refused on the phone', async () => {
    const robot = test.open()
    const { content } = await robot.next('qr_code')
    await test.control(`${codePath(content)}/refuse`, {})
    expect((await robot.next('qr_code', (event) => event.content !== content)).content).not.toBe(content)
  })

  it('ends as refused for an account that is not allowed to use the web', async () => {
    const robot = test.open()
    await test.scan(robot, 'wxid_xinhao000006')
    expect(await robot.next('offline')).toEqual({ type: 'offline', reason: 'login_refused' })
  })

  it('retries an unreachable server with pauses', async () => {
    await test.fault({ path: 'jslogin', kind: 'reset', times: 2 })
    const robot = test.open()
    await robot.next('qr_code')
    expect(await test.calls('jslogin')).toBe(3)
  })
})
