import type { Page } from '@playwright/test'
import { openTestEndpoint, type TestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

const actionsAt = (endpoint: TestEndpoint) =>
  endpoint.received.map(({ body }) => (JSON.parse(body) as { action: string }).action)

/** Adds an endpoint on the page of its application, and opens its page. */
async function addEndpoint(
  page: Page,
  fields: { name: string; url: string; event: string; header?: [string, string] },
) {
  const sheet = page.getByRole('dialog')
  await page.getByRole('button', { name: '新建回调地址' }).first().click()
  await sheet.getByLabel('名称', { exact: true }).fill(fields.name)
  await sheet.getByLabel('地址', { exact: true }).fill(fields.url)
  if (fields.event !== 'send_message') {
    await sheet.getByRole('checkbox', { name: /send_message/ }).uncheck()
    await sheet.getByRole('checkbox', { name: new RegExp(fields.event) }).check()
  }
  await sheet.getByLabel('通知范围').selectOption({ label: '全部群' })
  if (fields.header) {
    await sheet.getByRole('button', { name: '添加请求头' }).click()
    await sheet.getByLabel('第 1 个请求头的名称').fill(fields.header[0])
    await sheet.getByLabel('第 1 个请求头的值').fill(fields.header[1])
  }
  await expectNoViolations(page)
  await sheet.getByRole('button', { name: '新建回调地址' }).click()
  await expect(sheet.getByText(/^whsec_/)).toBeVisible()
  await sheet.getByRole('button', { name: '我已保存' }).click()
  await page.waitForURL(/\/callbacks\/endpoints\/ept_/)
}

test('A14: two endpoints with different events each get only theirs, and a failing one does not hold up the other', async ({
  page,
  product,
}, info) => {
  // A long flow with an accessibility check on each page.
  test.slow()
  const [orders, desk] = [await openTestEndpoint(), await openTestEndpoint()]
  try {
    const shop = await createTenant(product, `多地址店 ${markOf(info)}`)
    const robot = await shop.openRobot(`endpoints_${markOf(info)}`)
    const room = `/rooms/${encodeURIComponent(robot.simulatedRoomId)}`
    const say = (text: string) => shop.phone(`${room}/messages`, { from: 'wxid_wangfang0101', type: 'text', text })

    await signIn(page, product)
    await page.goto(`/dashboard/applications/${shop.applicationId}`)
    await expect(page.getByText('没有更多回调地址')).toBeVisible()
    const header: [string, string] = ['X-Api-Key', 'k-123456']
    await addEndpoint(page, { name: '客服系统', url: desk.url, event: 'send_message', header })
    await page.getByRole('button', { name: '发送测试事件' }).click()
    await expect(page.getByText('已送达', { exact: true })).toBeVisible()
    await expect(page.getByLabel('第 1 个请求头的值')).toHaveValue('')
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath('endpoint.png'), fullPage: true })
    await page.goto(`/dashboard/applications/${shop.applicationId}`)
    await addEndpoint(page, { name: '订单系统', url: orders.url, event: 'message_sent' })

    orders.respond = (response) => response.writeHead(410).end()
    expect(await shop.send(robot, '您好')).toMatchObject({ retCode: 0 })
    await orders.waitFor(1)
    await say('请问几点开门？')
    await say('周末呢？')
    const received = await desk.waitFor(3)
    expect(actionsAt(desk)).toEqual(['test', 'send_message', 'send_message'])
    expect(actionsAt(orders)).toEqual(['message_sent'])
    for (const { headers, body } of received) {
      expect(headers).toMatchObject({ 'x-api-key': 'k-123456', 'webhook-signature': expect.stringMatching(/^v1,/) })
      expect(Object.keys(JSON.parse(body) as object)).toEqual(['action', 'data'])
    }

    await page.reload()
    await expect(page.getByText('对方返回 410')).toBeVisible({ timeout: 20_000 })
    await expectNoViolations(page)
    await page.goto(`/dashboard/applications/${shop.applicationId}`)
    await expect(page.getByRole('row', { name: /订单系统/ })).toContainText('已暂停')
    await expect(page.getByRole('row', { name: /客服系统/ })).toContainText('正常')
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath('application.png'), fullPage: true })

    orders.respond = (response) => response.end('{"retCode":0}')
    await page
      .getByRole('row', { name: /订单系统/ })
      .getByRole('link')
      .click()
    await page.getByRole('button', { name: '恢复' }).click()
    await expect(page.getByText('对方返回 410')).toBeHidden()
    await page.getByLabel('名称', { exact: true }).fill('仓库系统')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('已保存')).toBeVisible()
    await expect(page.getByRole('heading', { name: '仓库系统' })).toBeVisible()
    await page.getByRole('button', { name: '删除…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: '删除回调地址' }).click()
    await page.waitForURL(new RegExp(`/applications/${shop.applicationId}$`))
    await expect(page.getByRole('row', { name: /客服系统/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /仓库系统/ })).toBeHidden()
  } finally {
    orders.close()
    desk.close()
  }
})
