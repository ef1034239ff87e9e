import { afterEach, beforeEach } from 'vitest'
import { startSimulator, type RunningSimulator } from '@/simulator/start-simulator'
import { openTestRobot, type TestRobot, type TestRobotOptions } from './test-robot'

export const robotAccount = 'wxid_weimi000001'
export const friend = 'wxid_wangfang0101'
export const roomName = '云商城售后群 100086'

/** What the tests read of the control API's answers; its README has the rest. */
type Answer = {
  id: string
  calls: { endedAtMs: number | null }[]
  accounts: { wxid: string; online: boolean }[]
  messages: { id: string; type: string; text: string; mediaUrl: string }[]
}

/** A fresh simulator for each test of a file, the robots on it, and the simulator's control API. */
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
    /** A robot that is online and knows its rooms, and one of those. */
    async online(options: TestRobotOptions = {}) {
      const robot = test.open(options)
      const { rooms } = await test.logIn(robot, robotAccount)
      const room = rooms.find(({ name }) => name === roomName)
      if (!room) throw new Error('the seed has lost its room')
      return { robot, rooms, room }
    },
    /** Scans and confirms the robot's code with this account; resolves when all its rooms are known. */
    async logIn(robot: TestRobot, wxid: string) {
      await test.scan(robot, wxid)
      await robot.next('online')
      return robot.next('rooms', ({ isComplete }) => isComplete)
    },
    async scan(robot: TestRobot, wxid: string) {
      const { content } = await robot.next('code')
      await test.control(`${codePath(content)}/scan`, { wxid })
      await robot.next('scanned')
      await test.control(`${codePath(content)}/confirm`, { wxid })
    },
    roomId: () => Object.values(simulator.world.data.rooms).find(({ name }) => name === roomName)?.id ?? '',
    say: (text: string, from = friend) =>
      test.control(`/rooms/${test.roomId()}/messages`, { from, type: 'text', text }),
    /** Looks again and again until it is so; the test's own time limit ends it. */
    async until(isSo: () => Promise<boolean>): Promise<void> {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    fault: (body: object) => test.control('/faults', body),
    calls: async (path: string): Promise<number> => (await test.control(`/calls?path=${path}`)).calls.length,
    /** Calls the control API. @throws when it refuses */
    async control(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<Answer> {
      const response = await fetch(`${simulator.origin}/sim${path}`, {
        method,
        headers: { 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const answer = JSON.parse((await response.text()) || '{}') as Answer
      if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
      return answer
    },
  }
  return test
}

/** The control API's path of the code that a robot shows. */
export function codePath(content: string): string {
  return `/codes/${encodeURIComponent(content.replace(/^.*\/l\//, ''))}`
}
