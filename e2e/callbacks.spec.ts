import { openTestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { openFilters } from '@/e2e/open-filters'
import { createTenant } from '@/e2e/create-tenant'
import { expect, markOf, test } from '@/e2e/test'

test('an operator sees a paused endpoint, resumes it and replays its callbacks', async ({ page, product }, info) => {
  // A long flow with an accessibility check on each page.
  test.slow()
  const endpoint = await openTestEndpoint()
  try {
    const name = `回调店 ${markOf(info)}`
    const shop = await createTenant(product, name)
    const of = ['--application', shop.applicationId]
    await shop.cli('application', 'update', ...of, '--callback-url', endpoint.url, '--scope', 'all')
    const robot = await shop.openRobot(`callback_${markOf(info)}`)
    const room = `/rooms/${encodeURIComponent(robot.simulatedRoomId)}`
    endpoint.respond = (response) => response.writeHead(410).end()
    await shop.phone(`${room}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '有人吗？' })
    await endpoint.waitFor(1)

    await page.goto(`/dashboard/applications/${shop.applicationId}`)
    await page.getByLabel('邮箱').fill(product.adminEmail)
    await page.getByLabel('密码').fill(product.adminPassword)
    await page.getByRole('button', { name: '登录' }).click()
    await expect(page.getByText(/^回调已暂停，事件在等待处理：/)).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('对方返回 410')).toBeVisible()
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath('paused.png'), fullPage: true })

    endpoint.respond = (response) => response.end('{"retCode":0}')
    await page.getByRole('button', { name: '发送测试事件' }).click()
    await expect(page.getByText('已送达', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: '恢复' }).click()
    await expect(page.getByText('对方返回 410')).toBeHidden()

    await page.getByRole('button', { name: '更换签名密钥…' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: '更换' }).click()
    await expect(sheet.getByText(/^whsec_/)).toBeVisible()
    await expectNoViolations(page)
    await sheet.getByRole('button', { name: '我已保存' }).click()

    await page.getByLabel('群改名').check()
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('已保存')).toBeVisible()
    // A saved form first removes its history entry, which aborts a reload at the same moment.
    await expect(() => page.reload({ timeout: 10_000 })).toPass()
    await expect(page.getByLabel('群改名')).toBeChecked()

    await page.getByRole('link', { name: '查看回调' }).click()
    await expect(page.getByRole('link', { name: 'send_message' })).toBeVisible()
    const before = endpoint.received.length
    await page
      .getByRole('row', { name: /send_message/ })
      .getByRole('checkbox')
      .check()
    await page.getByRole('button', { name: '重发所选（1）' }).click()
    await expect(page.getByText(/已安排重发 1 条|没有可以重发的回调/)).toBeVisible()
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath('callbacks.png'), fullPage: true })

    await openFilters(page)
    await page.getByLabel('按事件筛选').selectOption({ label: '测试事件' })
    await expect(page.getByRole('link', { name: 'send_message' })).toBeHidden()
    await page.getByRole('link', { name: 'test', exact: true }).click()
    await expect(page).toHaveURL(/\/dashboard\/callbacks\/evt_/)
    await expect(page.getByText('已送达 · 第 1 次')).toBeVisible()
    await page.getByRole('radio', { name: '请求' }).click()
    await expect(page.getByText('webhook-signature: v1,$SIGNATURE')).toBeVisible()
    await page.getByRole('button', { name: '重发', exact: true }).click()
    await expect(page.getByText('已送达 · 第 2 次')).toBeVisible()
    await shop.until(async () => endpoint.received.length > before)
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath('event.png'), fullPage: true })

    await page.goto(`/dashboard/callbacks/endpoints/${shop.applicationId}`)
    await expect(page.getByText('送达率（含等待中的）')).toBeVisible()
    await expectNoViolations(page)
    await page.getByRole('button', { name: '重试未送达的…' }).click()
    await expect(sheet.getByText(/^没有可重试的/)).toBeVisible()
    await expect(sheet.getByRole('button', { name: '重发' })).toBeDisabled()
    await expectNoViolations(page)
  } finally {
    endpoint.close()
  }
})
