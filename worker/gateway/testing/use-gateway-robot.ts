import { afterAll, beforeAll, beforeEach } from 'vitest'
import * as login from '@/app/(api)/robots/[robotId]/login/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as robots from '@/app/(api)/robots/route'
import * as callback from '@/app/(api)/v1/gateway/[key]/callback/route'
import { createApplication } from '@/lib/application/create-application'
import { createConnector } from '@/lib/connector/create-connector'
import { newConnector } from '@/lib/connector/connector-types'
import { peerHeader, signPeerAddress } from '@/lib/http/peer-address'
import { setCompanions } from '@/lib/membership/set-companions'
import { updateRobot } from '@/lib/robot/update-robot'
import { getLiveSession } from '@/lib/session/get-session'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

const gatewayTimes = { codePauseMs: 50, checkMs: 300, retryMs: 100, receiveMs: 100 }

type State = {
  web: TestWeb
  worker: RobotPool
  robotId: string
  application: { applicationId: string; token: string }
  connector: { connectorId: string; callbackKey: string }
}

/** Provides each test of a file with a robot on a gateway of its own, a worker and the calls of the API. */
export function useGatewayRobot() {
  const test = useRobots()
  const state = {} as State
  const given = {
    test,
    account: 'wxid_weimi000001',
    get web() {
      return state.web
    },
    get robotId() {
      return state.robotId
    },
    get token() {
      return state.application.token
    },
    get applicationId() {
      return state.application.applicationId
    },
    get connectorId() {
      return state.connector.connectorId
    },
    get callbackKey() {
      return state.connector.callbackKey
    },
    startWorker: () => (state.worker = test.startWorker({ gatewayTimes })),
    wake: (robotId: string) => state.worker.wake(robotId),
    stopWorker: () => state.worker.stop(),
    /** Calls a route of this robot; `params` are further ids of its path. */
    post: (route: Route, body: object = {}, params: Record<string, string> = {}) =>
      callRoute(route, 'POST', {
        body: { token: state.application.token, ...body },
        params: { robotId: state.robotId, ...params },
      }),
    get: (route: Route) =>
      callRoute(route, 'GET', { query: { token: state.application.token }, params: { robotId: state.robotId } }),
    /** Requests a login and scans its code; returns the path of the code in the simulator. */
    async scan(more: { number?: string; check?: boolean } = {}): Promise<string> {
      await given.post(login, { agent_id: 'shop-100086' })
      const session = await getLiveSession(test.db, { robotId: state.robotId })
      const code = `/gateway/codes/${session?.qrContent?.replace(/^.*\/x\//, '')}`
      await test.control(`${code}/scan`, { wxid: given.account, ...more })
      return code
    },
    isStatus: (status: string) =>
      test.until(async () => ((await given.get(robot)).data as { robot: { status: string } }).robot.status === status),
    async goOnline(): Promise<void> {
      await test.control(`${await given.scan()}/confirm`, {})
      await given.isStatus('online')
      await test.until(async () => (await test.rooms(state.robotId)).length > 0)
    },
    /** Calls the qun API, in which the robot is the assistant `shop`. */
    async askQun(route: { POST: (request: Request) => Promise<Response> }, body: object) {
      const headers = { [peerHeader]: signPeerAddress('127.0.0.1'), host: 'wxbot.test' }
      const request = new Request('http://wxbot.test/wxbot/qun', {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return Object.values((await (await route.POST(request)).json()) as object)[0] as Record<string, unknown>
    },
    /** Makes the robot an assistant with two companions. */
    async makeAssistant(): Promise<void> {
      await updateRobot(test.db, { robotId: state.robotId, isAssistant: true })
      await test.db.transaction((tx) => setCompanions(tx, { robotId: state.robotId, names: ['陈静', '杨洋'] }))
    },
    /** Messages that the robot has received. */
    inbox: async () => (await test.messages(state.robotId)).filter(({ direction }) => direction === 'in'),
    appId: async () => ((await test.control('/gateway/state')).devices[0] as { appId: string }).appId,
    /** Posts a body to the callback path of a key. */
    callBack: (body: string, key = state.connector.callbackKey) =>
      callRoute(callback as unknown as Route, 'POST', { body, params: { key } }),
  }
  beforeAll(async () => {
    state.web = await openTestWeb(
      { url: test.databaseUrl },
      {
        QUN_ALLOW: '127.0.0.0/8',
        ENCRYPTION_KEY: `test:${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`,
      },
    )
  })
  afterAll(() => state.web?.close())
  beforeEach(async () => {
    state.application = await test.db.transaction((tx) =>
      createApplication(tx, { sealer: testSealer, name: 'a', callbackUrl: null }),
    )
    const { applicationId } = state.application
    const settings = newConnector.parse({
      type: 'gateway',
      name: `网关 ${applicationId}`,
      settings: { baseUrl: test.simulatorOrigin },
      secrets: { token: 'sim-shop' },
      isRiskAccepted: true,
    })
    state.connector = await test.db.transaction((tx) =>
      createConnector(tx, { sealer: testSealer, connector: settings, applicationIds: [applicationId] }),
    )
    given.startWorker()
    const body = { username: 'shop', connection: 'gateway', connector_id: state.connector.connectorId }
    const { data } = await given.post(robots, body)
    state.robotId = (data as { robot: { id: string } }).robot.id
    const isAwake = setInterval(() => void state.worker.wake(state.robotId), 50)
    return () => clearInterval(isAwake)
  })
  return given
}
