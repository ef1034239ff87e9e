import type { Page } from '@playwright/test'
import type { SharedProduct } from '@/e2e/global-setup'
import { createTenant } from '@/e2e/create-tenant'
import { dropRobot } from '@/e2e/drop-robot'

/**
 * Creates an application with one item of every kind and returns the path of every page; `page` is signed in.
 * `mark` makes the names unique among tests.
 */
export async function preparePages(product: SharedProduct, page: Page, mark: string): Promise<string[]> {
  const shop = await createTenant(product, `各页 ${mark}`)
  const of = ['--application', shop.applicationId]
  // No endpoint listens at this address, so the callbacks fail.
  await shop.cli('application', 'update', ...of, '--callback-url', 'http://127.0.0.1:9/cb', '--scope', 'all')
  const more = { name: `更多 ${mark}`, url: 'http://127.0.0.1:9/more', headers: [{ name: 'X-Key', value: 'key' }] }
  const { data = {} } = await shop.call('POST', '/v1/endpoints', more)
  const endpointId = (data['endpoint'] as { id: string }).id
  const dropped = await dropRobot(shop, `掉线_${mark}`)
  const robot = await shop.openRobot(`各页_${mark}`)
  await shop.send(robot, `你好 ${mark}`)
  await shop.phone(`/rooms/${encodeURIComponent(robot.simulatedRoomId)}/messages`, {
    from: 'wxid_wangfang0101',
    type: 'text',
    text: `有人吗？${mark}`,
  })
  await shop.makeAssistant(robot)
  const code = Buffer.from(`0E7D6D8FB6C3|${shop.applicationId}`).toString('base64')
  const body = JSON.stringify({ code, owner: '宋公明', assistant: `各页_${mark}` })
  const created = await fetch(`${product.baseURL}/wxbot/qun`, { method: 'POST', body })
  const { url } = (await created.json()).qun_create_response
  const waiting = await shop.createRobot(`waiting_${mark}`)
  const login = await shop.call('POST', `/robots/${waiting}/login`)
  const firstId = (path: string) =>
    shop.until(async () => {
      const { rows } = await (await page.request.get(`/api/dashboard${path}`)).json()
      return (rows as { id: string }[])[0]?.id
    })
  const eventId = await firstId(`/callbacks?application=${shop.applicationId}`)
  const messageId = await firstId(`/messages?robot=${robot.id}`)
  const qunId = await firstId('/quns')
  const made = await page.request.post('/api/dashboard/connectors', {
    headers: { origin: product.baseURL, 'sec-fetch-site': 'same-origin' },
    data: {
      type: 'wecom',
      name: `各页 ${mark}`,
      settings: { corpId: 'ww1234567890abcdef' },
      secrets: { agentSecret: 'secret', callbackToken: 'token', callbackAesKey: 'k'.repeat(43) },
      applicationIds: [shop.applicationId],
    },
  })
  const { connectorId } = (await made.json()) as { connectorId: string }
  const channel = await page.request.post('/api/dashboard/alerts/channels', {
    headers: { origin: product.baseURL, 'sec-fetch-site': 'same-origin' },
    data: {
      type: 'feishu',
      name: `各页 ${mark}`,
      kinds: ['robot_offline'],
      secrets: { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/key' },
      applicationId: '',
    },
  })
  const { channelId } = (await channel.json()) as { channelId: string }
  const conversationId = await firstId(`/conversations?robot=${robot.id}`)
  const robotTabs = ['session', 'rooms', 'contacts', 'messages', 'pacing', 'settings']
  const applicationTabs = ['', '/tokens', '/robots', '/replies', '/samples', '/settings']
  return [
    `${new URL(String(login.data?.['qrcode_url'])).pathname}.html`,
    new URL(url).pathname,
    '/dashboard',
    '/dashboard/inbox',
    `/dashboard/inbox?robot=${robot.id}&c=${conversationId}`,
    '/dashboard?figures=table&range=1h',
    '/dashboard/applications',
    ...applicationTabs.map((tab) => `/dashboard/applications/${shop.applicationId}${tab}`),
    '/dashboard/robots',
    `/dashboard/robots/${waiting}/session`,
    ...robotTabs.map((tab) => `/dashboard/robots/${robot.id}/${tab}`),
    '/dashboard/messages',
    `/dashboard/robots/${robot.id}/messages/${messageId}`,
    '/dashboard/quns',
    `/dashboard/quns/${qunId}`,
    '/dashboard/callbacks',
    '/dashboard/callbacks?state=dead&q=none',
    `/dashboard/callbacks/${eventId}`,
    '/dashboard/callbacks/endpoints',
    `/dashboard/callbacks/endpoints/${shop.applicationId}`,
    `/dashboard/callbacks/endpoints/${endpointId}`,
    '/dashboard/settings',
    '/dashboard/settings/operators',
    '/dashboard/settings/connectors',
    `/dashboard/settings/connectors/${connectorId}`,
    '/dashboard/settings/alerts',
    `/dashboard/settings/alerts/${channelId}`,
    '/dashboard/settings/retention',
    '/dashboard/settings/audit',
    '/dashboard/settings/system',
    await dropped.readPath(),
  ]
}
