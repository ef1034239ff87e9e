import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTenant } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

type Simulated = { name: string; members: { nickname: string }[] }

const workerOf = (dataDir: string): number =>
  JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')).children.worker

test('a group is created and filled even when the worker is killed during the calls to WeChat', async () => {
  const product = await startProduct({ env: { LEASE_SECONDS: '3' } })
  try {
    const shop = await createTenant(product, '云商城')
    const robot = await shop.openRobot('weimi1001')
    const stranger = async (nickname: string) => (await shop.phone('/accounts', { nickname, canLogIn: false })).wxid
    await shop.makeAssistant(robot)
    const code = 'MEU3RDZEOEZCNkMzfDg4ODg='
    const body = JSON.stringify({ code, owner: '宋公明', assistant: 'weimi1001' })
    const ask = async () => (await fetch(`${product.baseURL}/wxbot/qun`, { method: 'POST', body })).json()
    const { qun_create_response: made } = await ask()
    const kill = () => process.kill(workerOf(product.dataDir), 'SIGKILL')
    const greet = async (nickname: string, greeting: string) =>
      shop.phone(`/accounts/${robot.wxid}/friend-requests`, { from: await stranger(nickname), greeting })
    const room = async () => {
      const { rooms } = (await shop.phone('/state')) as { rooms: Simulated[] }
      // A room has a random name until the assistant is known to own it.
      return rooms.filter(({ name }) => /^(新群 |宋公明的群)/.test(name))
    }
    const countUpdates = async () => (await shop.phone('/calls?path=webwxupdatechatroom')).calls.length

    // WeChat creates the room, and the worker dies before it receives the response.
    await shop.phone('/faults', { path: 'webwxcreatechatroom', kind: 'hang', when: 'after' })
    await greet('宋公明', `我是${code}`)
    await shop.until(async () => (await room()).length > 0)
    kill()
    const open = async () => (await ask()).qun_create_response.status === 'open'
    await shop.until(open, 90_000)
    await shop.until(async () => (await room())[0]?.name.startsWith('宋公明的群'))
    expect(await room()).toHaveLength(1)

    // The worker dies again while it adds a member; another member requests to join without a worker.
    const page = await (await fetch(made.url)).text()
    const token = /class="chip"[^>]*>([^<]+)</.exec(page)?.[1] ?? ''
    await shop.phone('/faults', { path: 'webwxupdatechatroom', kind: 'hang' })
    const updatesBefore = await countUpdates()
    await greet('黑旋风', token)
    await shop.until(async () => (await countUpdates()) > updatesBefore)
    kill()
    await greet('花和尚', token)
    const names = async () => (await room())[0]?.members.map(({ nickname }) => nickname) ?? []
    await shop.until(async () => (await names()).length === 6, 90_000)
    expect((await names()).sort()).toEqual(['weimi1001', '宋公明', '陈静', '杨洋', '黑旋风', '花和尚'].sort())
  } finally {
    await product.stop()
  }
})
