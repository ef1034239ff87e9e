import { newConnector } from '@/lib/connector/connector-types'
import { createConnector } from '@/lib/connector/create-connector'
import { gatewayDevices } from '@/lib/db/schema/gateway'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { receiveCallback } from '@/lib/gateway/receive-callback'
import { getLiveSession } from '@/lib/session/get-session'
import { requestLogin } from '@/lib/session/request-login'
import { sleep } from '@/lib/retry'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { openTestWeb } from '@/lib/testing/open-test-web'
import { startSimulator } from '@/simulator/start-simulator'
import { openPorts } from '@/worker/open-ports'
import { startWorker } from '@/worker/start-worker'
import { messageBody } from '@/worker/gateway/testing/message-body'

const account = 'wxid_weimi000001'
const waitMs = 30_000

export type GatewayRobot = Awaited<ReturnType<typeof openGatewayRobot>>

/** Starts a web context, a worker and the simulator on a database, and logs one gateway robot in. */
export async function openGatewayRobot({ url }: { url: string }) {
  const web = await openTestWeb({ url })
  const { db, sealer, env, log } = web.context
  const simulator = await startSimulator({ port: 0, dataFile: null, pollHoldMs: 2_000 })
  const egress = createEgressPolicy({ allow: ['127.0.0.0/8'], ownPorts: [] })
  const ports = openPorts({ db, sealer, publicUrl: env.PUBLIC_URL, gatewayEgress: egress })
  const worker = await startWorker({ ...env, WORKER_PORT: 0 }, log, ports)
  const applicationId = await givenApplication(db)
  const connector = newConnector.parse({
    type: 'gateway',
    name: '网关',
    settings: { baseUrl: simulator.origin },
    secrets: { token: 'sim-bench' },
    isRiskAccepted: true,
  })
  const { connectorId, callbackKey } = await db.transaction((tx) =>
    createConnector(tx, { sealer, connector, applicationIds: [applicationId] }),
  )
  const robotId = await givenRobot(db, { applicationId, connection: 'gateway', connectorId })
  await db.transaction((tx) => requestLogin(tx, { robotId, callbackUrl: null, agentId: null }))
  const control = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    await fetch(`${simulator.origin}/sim/gateway/codes/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
  }
  const until = async (isMet: () => Promise<unknown>, withinMs = waitMs) => {
    for (const endMs = performance.now() + withinMs; !(await isMet()); await sleep(50))
      if (performance.now() > endMs) throw new Error(`not met: ${String(isMet)}`)
  }
  const session = () => getLiveSession(db, { robotId })
  await until(async () => (await session())?.qrContent)
  const uuid = (await session())?.qrContent?.replace(/^.*\/x\//, '') ?? ''
  await control(`${uuid}/scan`, { wxid: account })
  await control(`${uuid}/confirm`, {})
  await until(async () => (await session())?.state === 'online')
  const [device] = await db.select({ appId: gatewayDevices.appId }).from(gatewayDevices)

  /** The body of a message; equal for an equal number. */
  const body = (number: number, appId = device?.appId ?? '') => messageBody({ appId, account, number })
  return {
    db,
    robotId,
    callbackKey,
    body,
    until,
    receive: (text: string, key = callbackKey) => receiveCallback(db, { callbackKey: key, body: text }),
    async close() {
      await worker.stop()
      await simulator.stop()
      await web.close()
    },
  }
}
