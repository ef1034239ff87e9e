import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { createTenant } from '@/e2e/create-tenant'

type Tenant = Awaited<ReturnType<typeof createTenant>>

/** An alert is found within 15 s, and sent within 15 s more. */
const alertMs = 60_000

/**
 * Drops a new robot whose application has an alert channel. Returns its account, and a function that waits for the alert and returns
 * the path of its login link.
 */
export async function dropRobot(shop: Tenant, username: string) {
  const received: string[] = []
  const server = createServer((request, reply) => {
    void text(request).then((body) => {
      received.push(body)
      reply.end('{"code":0}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const { port } = server.address() as AddressInfo
  const of = ['--application', shop.applicationId, '--kinds', 'robot_offline']
  await shop.cli('alert', 'create', '--type', 'feishu', '--name', username, ...of, '--url', `http://127.0.0.1:${port}/`)
  const robot = await shop.openRobot(username)
  await shop.phone(`/accounts/${robot.wxid}/kick`, { how: 'elsewhere' })
  const readPath = () =>
    shop
      .until(async () => /\/qr\/again\/\w+\.html/.exec(received.join('\n'))?.[0], alertMs)
      .finally(() => server.close())
  return { robot, readPath }
}
