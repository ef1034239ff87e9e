import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('D5: an admin creates an alert channel, tests it, sees a refusal of the service, and removes it', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const received: string[] = []
  let response = '{"code":0}'
  const server = createServer((request, reply) => {
    void text(request).then((body) => {
      received.push(body)
      reply.end(response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  await signIn(page, product)
  await page.goto('/dashboard/settings/alerts')
  await page.getByRole('button', { name: '新建告警渠道' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('名称').fill(`值班 ${mark}`)
  await sheet.getByRole('button', { name: '新建告警渠道' }).click()
  await expect(sheet.getByText(/请填写以 http/)).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('create.png') })
  await sheet.getByLabel('Webhook 地址').fill(`http://127.0.0.1:${port}/hook/url-secret`)
  await sheet.getByLabel('磁盘快满').uncheck()
  await sheet.getByRole('button', { name: '新建告警渠道' }).click()

  await page.waitForURL(/\/alerts\/alc_/)
  await expect(page.getByText('还没有发过')).toBeVisible()
  await page.getByRole('button', { name: '发送测试消息' }).click()
  await expect(page.getByText('还没有发过')).toBeHidden({ timeout: 30_000 })
  expect(received).toEqual([expect.stringContaining('这是一条测试消息')])
  response = '{"code":19021,"msg":"sign match fail"}'
  await page.getByRole('button', { name: '发送测试消息' }).click()
  await expect(page.getByText('对方拒绝了消息（19021）：sign match fail')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByLabel('磁盘快满')).not.toBeChecked()
  await expect(page.getByLabel('Webhook 地址')).toHaveValue('')
  await expectNoViolations(page)
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: info.outputPath(`detail-${width}.png`), fullPage: true })
  }

  await page.goto('/dashboard/settings/alerts')
  await expect(page.getByRole('row', { name: `值班 ${mark}` })).toContainText('发送失败')
  await expectNoViolations(page)
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: info.outputPath(`list-${width}.png`), fullPage: true })
  }
  await page.getByRole('link', { name: `值班 ${mark}` }).click()
  await page.getByRole('button', { name: '移除…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '移除告警渠道' }).click()
  await page.waitForURL(/\/alerts$/)
  await expect(page.getByRole('link', { name: `值班 ${mark}` })).toBeHidden()
  server.close()
})

test('D6: an admin sets how long messages are kept', async ({ page, product }, info) => {
  await signIn(page, product)
  await page.goto('/dashboard/settings/retention')
  const days = page.getByLabel('登录历史（天）')
  await days.fill('0')
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('不能小于 1')).toBeVisible()
  await expectNoViolations(page)
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: info.outputPath(`retention-${width}.png`), fullPage: true })
  }
  // Both projects and a retry share the installation: only a new value can be saved.
  const value = String(80 + 2 * info.retry + (info.project.name === 'phone' ? 1 : 0))
  await days.fill(value)
  await page.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存').first()).toBeVisible()
  await expect(page.getByRole('button', { name: '保存' })).toBeDisabled()
  // A new tab: the saved form takes its entry out of the history, which can abort a navigation of its own tab.
  const reopened = await page.context().newPage()
  await reopened.goto('/dashboard/settings/retention')
  await expect(reopened.getByLabel('登录历史（天）')).toHaveValue(value)
})
