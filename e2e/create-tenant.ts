import { runCli } from '@/e2e/run-cli'
import type { Product } from '@/e2e/start-product'

type Running = Pick<Product, 'baseURL' | 'simulatorURL' | 'dataDir'>
export type Envelope = { retCode: number; errorMsg: string; data?: Record<string, unknown> }
export type SimulatedMessage = { id: string; text: string | null; via: string }
export type TenantRobot = { id: string; wxid: string; roomId: string; simulatedRoomId: string }

/** Returns the robot or the message of a response. */
export function itemOf({ data }: Envelope, name: 'robot' | 'message'): Record<string, string> {
  if (!data || !(name in data)) throw new Error(`no ${name} in the response`)
  return data[name] as Record<string, string>
}

/** Creates an application and returns the actions of its developer and of phones; `env` is for the command line. */
export async function createTenant(product: Running, name: string, env: Record<string, string> = {}) {
  const created = await cli('application', 'create', '--name', name)
  const { applicationId, token } = created as { applicationId: string; token: string }

  /** Runs a command of the operator's command line. */
  function cli(...args: string[]): Promise<Record<string, unknown>> {
    return runCli(args, { DATA_DIR: product.dataDir, ...env })
  }

  /** Calls the API; a POST carries the token in the body, other methods in the query. */
  async function call(method: string, path: string, body: object = {}, headers: Record<string, string> = {}) {
    const isPost = method === 'POST'
    const response = await fetch(`${product.baseURL}${path}${isPost ? '' : `?token=${token}`}`, {
      method,
      // A test may wait for seconds between two calls; the server closes an idle connection meanwhile.
      headers: { connection: 'close', ...headers },
      ...(isPost ? { body: JSON.stringify({ token, ...body }) } : {}),
    })
    return (await response.json()) as Envelope
  }

  /** Calls the simulator's control API: actions of people on their phones, and faults. */
  async function phone(path: string, body?: object, method = body ? 'POST' : 'GET') {
    const response = await fetch(`${product.simulatorURL}/sim${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.status === 204 ? null : response.json()
  }

  async function until<T>(check: () => Promise<T | null | undefined | false>, withinMs = 30_000): Promise<T> {
    for (const deadline = Date.now() + withinMs; ;) {
      const found = await check()
      if (found) return found
      if (Date.now() > deadline) throw new Error(`not so within ${withinMs} ms: ${String(check)}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }

  const statusOf = async (robotId: string) => itemOf(await call('GET', `/robots/${robotId}`), 'robot')['status']

  /** Scans and confirms the QR code of a login with this account. */
  async function scan(login: Envelope, wxid: string): Promise<void> {
    const state = await (await fetch(`${String(login.data?.['qrcode_url'])}/state`)).json()
    const code = `/codes/${encodeURIComponent(new URL(state.phoneUrl).searchParams.get('code') ?? '')}`
    await phone(`${code}/scan`, { wxid })
    await phone(`${code}/confirm`, { wxid })
  }

  /** Creates a robot that is not logged in and has no send rate limit. */
  async function createRobot(username: string): Promise<string> {
    const id = itemOf(await call('POST', '/robots', { username }), 'robot')['id'] ?? ''
    await cli('robot', 'update', '--robot', id, '--send-rate', '0')
    return id
  }

  /** Creates a robot that is online as a new WeChat account, in its own room. */
  async function openRobot(username: string): Promise<TenantRobot> {
    const roomName = `${username} 的群`
    const { wxid } = await phone('/accounts', { nickname: username })
    const members = [wxid, 'wxid_wangfang0101', 'wxid_liwei0000102']
    const room = await phone('/rooms', { name: roomName, owner: wxid, members, saved: true })
    const id = await createRobot(username)
    await scan(await call('POST', `/robots/${id}/login`), wxid)
    await until(async () => (await statusOf(id)) === 'online')
    const found = await until(async () => {
      const { data = {} } = await call('GET', `/robots/${id}/rooms`)
      const rooms = data['rooms'] as { id: string; nickname: string }[]
      return rooms.find(({ nickname }) => nickname === roomName)
    })
    return { id, wxid, roomId: found.id, simulatedRoomId: room.id }
  }

  /** Makes a robot an assistant with two friends as its starter contacts. */
  async function makeAssistant({ id, wxid }: TenantRobot): Promise<void> {
    for (const friend of ['wxid_chenjing0105', 'wxid_yangyang0106'])
      await phone(`/accounts/${wxid}/friends`, { friend })
    const companions = ['陈静', '杨洋'].flatMap((friend) => ['--companion', friend])
    await cli('robot', 'update', '--robot', id, '--assistant', 'true', ...companions)
  }

  /** Returns the messages of a room, oldest first. */
  async function messagesIn({ simulatedRoomId }: TenantRobot): Promise<SimulatedMessage[]> {
    return (await phone(`/rooms/${encodeURIComponent(simulatedRoomId)}/messages`)).messages
  }

  const send = (robot: TenantRobot, content: string, headers: Record<string, string> = {}) =>
    call('POST', `/robots/${robot.id}/message`, { to_user: robot.roomId, msg_type: 'text', content }, headers)

  return {
    applicationId,
    token,
    cli,
    call,
    phone,
    until,
    statusOf,
    scan,
    createRobot,
    openRobot,
    makeAssistant,
    messagesIn,
    send,
  }
}
