import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openShop } from './open-shop'
import { startProduct } from './start-product'
import { expect, test } from './test'

type Simulated = { name: string; members: { nickname: string }[] }

const workerOf = (dataDir: string): number =>
  JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')).children.worker

test('the story of a group completes although the worker is killed in its middle', async () => {
  test.setTimeout(150_000)
  const product = await startProduct({ env: { LEASE_SECONDS: '3' } })
  try {
    const shop = openShop(product, '云商城')
    const robot = await shop.openRobot('weimi1001')
    const stranger = async (nickname: string) => (await shop.phone('/accounts', { nickname, canLogIn: false })).wxid
    for (const friend of ['wxid_chenjing0105', 'wxid_yangyang0106'])
      await shop.phone(`/accounts/${robot.wxid}/friends`, { friend })
    shop.cli(
      'robot',
      'update',
      '--robot',
      robot.id,
      '--assistant',
      'true',
      '--companion',
      '陈静',
      '--companion',
      '杨洋',
    )
    const code = 'MEU3RDZEOEZCNkMzfDg4ODg='
    const body = JSON.stringify({ code, owner: '宋公明', assistant: 'weimi1001' })
    const ask = async () => (await fetch(`${product.baseURL}/wxbot/qun`, { method: 'POST', body })).json()
    const { qun_create_response: made } = await ask()
    const kill = () => process.kill(workerOf(product.dataDir), 'SIGKILL')
    const greet = async (nickname: string, greeting: string) =>
      shop.phone(`/accounts/${robot.wxid}/friend-requests`, { from: await stranger(nickname), greeting })
    const room = async () => {
      const { rooms } = (await shop.phone('/state')) as { rooms: Simulated[] }
      return rooms.filter(({ name }) => name.startsWith('宋公明的群'))
    }

    // WeChat makes the room, and the worker dies before it hears so.
    await shop.phone('/faults', { path: 'webwxcreatechatroom', kind: 'hang', when: 'after' })
    await greet('宋公明', `我是${code}`)
    await shop.until(async () => (await room()).length > 0)
    kill()
    const open = async () => (await ask()).qun_create_response.status === 'open'
    await shop.until(open, 90_000)
    expect(await room()).toHaveLength(1)

    // Somebody is being added when the worker dies again; somebody else asks while there is none.
    const page = await (await fetch(made.url)).text()
    const token = /class="chip"[^>]*>([^<]+)</.exec(page)?.[1] ?? ''
    await shop.phone('/faults', { path: 'webwxupdatechatroom', kind: 'hang' })
    await greet('黑旋风', token)
    await shop.until(async () => (await shop.phone('/calls?path=webwxupdatechatroom')).calls.length > 0)
    kill()
    await greet('花和尚', token)
    const names = async () => (await room())[0]?.members.map(({ nickname }) => nickname) ?? []
    await shop.until(async () => (await names()).length === 6, 90_000)
    expect((await names()).sort()).toEqual(['weimi1001', '宋公明', '陈静', '杨洋', '黑旋风', '花和尚'].sort())
  } finally {
    await product.stop()
  }
})
