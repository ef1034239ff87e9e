import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Pool } from 'undici'
import { cpuTimeMs } from '@/bench/peers/cpu-time'
import type { BareSettings } from '@/bench/wechaty-bare'
import { createTenant, type TenantRobot } from '@/e2e/create-tenant'
import { startProduct } from '@/e2e/start-product'

const sender = 'wxid_wangfang0101'

/** What sends and receives messages for a number of accounts; each has one room. */
export type Contestant = {
  name: string
  /** Whether the events of a room arrive in the order of its texts. */
  keepsOrder: boolean
  send(robot: number, content: string): Promise<void>
  /** Simulated room of each robot. */
  roomIds: string[]
  /** CPU time so far of all its processes, database included, in milliseconds. */
  cpuMs(): number
}

export type Arrival = { content: string; atMs: number }

/** Records the contents that the contestants post, in order of arrival. */
async function openEndpoint() {
  const arrivals: Arrival[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { data } = JSON.parse(body) as { data?: { content?: string } }
      if (data?.content) arrivals.push({ content: data.content, atMs: performance.now() })
      response.setHeader('content-type', 'application/json').end('{"retCode":0}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { arrivals, url, close: () => server.close().closeAllConnections() }
}

/** Starts the product and the bare process with `robotCount` accounts each, at one simulator, with one endpoint. */
export async function openContestants(robotCount: number, clients: number) {
  const endpoint = await openEndpoint()
  const product = await startProduct({ env: { EGRESS_ALLOW: '127.0.0.0/8' } })
  const tenant = await createTenant(product, 'bench')
  await tenant.cli(
    'application',
    'update',
    '--application',
    tenant.applicationId,
    '--callback-url',
    endpoint.url,
    '--scope',
    'all',
  )
  const { token } = await tenant.cli('token', 'issue', '--application', tenant.applicationId, '--rate-limit', '1000000')
  const robots: TenantRobot[] = []
  for (let n = 0; n < robotCount; n++) robots.push(await tenant.openRobot(`bench_${n}`))
  const bareRobots: (BareSettings['robots'][number] & { roomId: string })[] = []
  for (let n = 0; n < robotCount; n++) {
    const roomName = `bare ${n} 的群`
    const { wxid } = await tenant.phone('/accounts', { nickname: `bare ${n}` })
    const members = [wxid, sender, 'wxid_liwei0000102']
    const { id } = await tenant.phone('/rooms', { name: roomName, owner: wxid, members, saved: true })
    bareRobots.push({ wxid, roomName, roomId: id })
  }
  const child = fork(resolve(import.meta.dirname, '../wechaty-bare.ts'), { execArgv: ['--import', 'tsx'] })
  child.send({ simulatorURL: product.simulatorURL, endpointUrl: endpoint.url, robots: bareRobots })
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]

  const post = async (pool: Pool, path: string, body: string) => {
    const response = await pool.request({ path, method: 'POST', body })
    const received = await response.body.text()
    if (!received.startsWith('{"retCode":0')) throw new Error(`${path}: ${response.statusCode} ${received}`)
  }
  const ours = new Pool(product.baseURL, { connections: clients })
  const theirs = new Pool(`http://127.0.0.1:${port}`, { connections: clients })
  const contestants: [Contestant, Contestant] = [
    {
      name: 'wxbot',
      keepsOrder: true,
      send: (robot, content) => {
        const { id, roomId } = robots[robot]!
        const body = JSON.stringify({ token, to_user: roomId, msg_type: 'text', content })
        return post(ours, `/robots/${id}/message`, body)
      },
      roomIds: robots.map(({ simulatedRoomId }) => simulatedRoomId),
      // The simulator serves both and belongs to neither.
      cpuMs: () => cpuTimeMs(product.process.pid ?? 0, { except: 'simulator' }),
    },
    {
      name: 'wechaty-bare',
      keepsOrder: false,
      send: (robot, content) => post(theirs, `/send/${robot}`, content),
      roomIds: bareRobots.map(({ roomId }) => roomId),
      cpuMs: () => cpuTimeMs(child.pid ?? 0),
    },
  ]
  const simulator = new Pool(product.simulatorURL, { connections: 20 })
  return {
    contestants,
    arrivals: endpoint.arrivals,
    /** A person writes in a room. */
    async say(roomId: string, content: string): Promise<void> {
      const body = JSON.stringify({ from: sender, type: 'text', text: content })
      const headers = { 'content-type': 'application/json' }
      const path = `/sim/rooms/${encodeURIComponent(roomId)}/messages`
      const response = await simulator.request({ path, method: 'POST', headers, body })
      const received = await response.body.text()
      if (response.statusCode >= 300) throw new Error(`${path}: ${received}`)
    },
    /** Returns the texts in a room, oldest first. */
    async textsIn(roomId: string): Promise<string[]> {
      const { messages } = await tenant.phone(`/rooms/${encodeURIComponent(roomId)}/messages`)
      return (messages as { text: string | null }[]).map(({ text: content }) => content ?? '')
    },
    async close(): Promise<void> {
      child.disconnect()
      await Promise.all([ours.destroy(), theirs.destroy(), simulator.destroy()])
      await product.stop()
      endpoint.close()
    },
  }
}
