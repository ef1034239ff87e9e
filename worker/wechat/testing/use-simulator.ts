import { afterEach, beforeEach } from 'vitest'
import { sleep } from '@/lib/retry'
import { startSimulator, type RunningSimulator } from '@/simulator/start-simulator'
import { openTestRobot, type TestRobot, type TestRobotOptions } from '@/worker/wechat/testing/test-robot'

export const robotAccount = 'wxid_weimi000001'
export const friend = 'wxid_wangfang0101'
export const roomName = '云商城售后群 100086'

/** The fields of control API responses that the tests read; the simulator's README has all of them. */
type ControlResponse = {
  id: string
  calls: { endedAtMs: number | null }[]
  accounts: { wxid: string; online: boolean }[]
  messages: { id: string; type: string; text: string; mediaUrl: string }[]
}

/** Provides each test of a file with a new simulator, robots on it, and its control API. */
export function useSimulator() {
  let simulator: RunningSimulator
  let robots: TestRobot[] = []

  beforeEach(async () => {
    simulator = await startSimulator({ port: 0, dataFile: null, pollHoldMs: 2_000 })
  })
  afterEach(async () => {
    await Promise.all(robots.map(({ connection }) => connection.detach()))
    robots = []
    if (simulator) await simulator.stop().catch(() => undefined)
  })

  const test = {
    get simulator() {
      return simulator
    },
    open(options: TestRobotOptions = {}): TestRobot {
      const robot = openTestRobot(simulator, options)
      robots.push(robot)
      return robot
    },
    /** Opens a robot that is online and knows its rooms; also returns one room. */
    async online(options: TestRobotOptions = {}) {
      const robot = test.open(options)
      const { rooms } = await test.logIn(robot, robotAccount)
      const room = rooms.find(({ name }) => name === roomName)
      if (!room) throw new Error('the seed has no such room')
      return { robot, rooms, room }
    },
    /** Scans and confirms the robot's QR code with this account; resolves when all rooms are known. */
    async logIn(robot: TestRobot, wxid: string) {
      await test.scan(robot, wxid)
      await robot.next('online')
      return robot.next('rooms', ({ isComplete }) => isComplete)
    },
    async scan(robot: TestRobot, wxid: string) {
      const { content } = await robot.next('qr_code')
      await test.control(`${codePath(content)}/scan`, { wxid })
      await robot.next('scanned')
      await test.control(`${codePath(content)}/confirm`, { wxid })
    },
    roomId: () => Object.values(simulator.world.data.rooms).find(({ name }) => name === roomName)?.id ?? '',
    say: (text: string, from = friend) =>
      test.control(`/rooms/${test.roomId()}/messages`, { from, type: 'text', text }),
    /** Polls until the condition holds; ends with the test's own timeout. */
    async until(condition: () => Promise<boolean>): Promise<void> {
      while (!(await condition())) await sleep(20)
    },
    fault: (body: object) => test.control('/faults', body),
    calls: async (path: string): Promise<number> => (await test.control(`/calls?path=${path}`)).calls.length,
    /** Calls the control API. @throws if it responds with an error */
    async control(
      path: string,
      body?: unknown,
      method = body === undefined ? 'GET' : 'POST',
    ): Promise<ControlResponse> {
      const response = await fetch(`${simulator.origin}/sim${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const result = JSON.parse((await response.text()) || '{}') as ControlResponse
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(result)}`)
      return result
    },
  }
  return test
}

/** Returns the control API's path of a QR code's content. */
export function codePath(content: string): string {
  return `/codes/${encodeURIComponent(content.replace(/^.*\/l\//, ''))}`
}
