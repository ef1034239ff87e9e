import { requestCheck } from '@/lib/connector/check-connector'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Env } from '@/lib/env'
import { createLogger } from '@/lib/logger'
import { runCheck } from '@/worker/connectors/run-check'
import { testSealer, type useRobots } from '@/worker/testing/use-robots'

/** Checks the connector of the simulated company, and returns the reasons of what it found. */
export async function checkCompany(
  test: ReturnType<typeof useRobots>,
  {
    connectorId,
    publicUrl = 'https://wxbot.example.cn',
    wechat = 'simulator',
  }: { connectorId: string; publicUrl?: string; wechat?: Env['WECHAT'] },
): Promise<string[]> {
  const context = { db: test.db, sealer: testSealer, egress: createEgressPolicy({ allow: [], ownPorts: [] }) }
  const log = createLogger({ level: 'silent', process: 'test' })
  const own = { OWN_PORTS: [], PORT: 0, WORKER_PORT: 0, DATABASE_URL: 'postgres://db.test/wxbot', WECHAT: wechat }
  const env = { ...own, EGRESS_ALLOW: ['127.0.0.0/8'], PUBLIC_URL: publicUrl, WECOM_ORIGIN: test.simulatorOrigin }
  await test.db.transaction((tx) => requestCheck(tx, { connectorId }))
  await runCheck({ ...context, log, env: env as unknown as Env }, { connectorId })
  const [found] = await test.sql`select problems from connectors where id = ${connectorId}`
  return ((found?.['problems'] ?? []) as { reason: string }[]).map(({ reason }) => reason)
}
