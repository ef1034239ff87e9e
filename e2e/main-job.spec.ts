import type { TestInfo } from '@playwright/test'
import { openTestEndpoint, type TestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { expect, markOf, test } from '@/e2e/test'

/** Returns the account and names of a project: both projects run at the same time on one product. */
function castOf(info: TestInfo) {
  const mark = markOf(info)
  const names = { shop: `花店 ${mark}`, username: `robot_${mark}` }
  return info.project.name === 'phone'
    ? { ...names, account: '小微🌿', agentId: '100111', room: '微米科技合作群 100111' }
    : { ...names, account: '微米助手', agentId: '100086', room: '云商城售后群 100086' }
}

let endpoint: TestEndpoint
test.beforeEach(async () => void (endpoint = await openTestEndpoint()))
test.afterEach(() => endpoint.close())

test('an operator signs in, logs a robot in, sends and receives a message, and replays a failed callback', async ({
  page,
  context,
  product,
}, info) => {
  const cast = castOf(info)
  endpoint.respond = (response) => response.writeHead(500).end('database is locked')

  await page.goto('/')
  await expect(page).toHaveURL(/\/dashboard\/sign-in/)
  await expectNoViolations(page)
  await page.getByLabel('邮箱').fill(product.adminEmail)
  await page.getByLabel('密码').fill(product.adminPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => url.pathname === '/dashboard')
  await expect(page.getByRole('heading', { name: '概览' })).toBeVisible()
  await expectNoViolations(page)

  // Create an application; its token is shown once.
  await page.goto('/dashboard/applications')
  await page.getByRole('button', { name: '新建应用' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('名称').fill(cast.shop)
  await sheet.getByRole('textbox', { name: '回调地址' }).fill(endpoint.url)
  await sheet.getByRole('button', { name: '新建应用' }).click()
  await expect(sheet.getByText(/^wx_\w{40}$/)).toBeVisible()
  await sheet.getByRole('button', { name: '我已保存' }).click()
  await expect(page.getByRole('heading', { name: cast.shop })).toBeVisible()
  const applicationId = /app_\w+/.exec(page.url())?.[0] ?? ''
  await expectNoViolations(page)

  // Create a robot and request its QR code.
  await page.goto('/dashboard/robots')
  await page.getByRole('button', { name: '新建机器人' }).first().click()
  await sheet.getByLabel('应用').selectOption({ label: cast.shop })
  await sheet.getByLabel('微信号').fill(cast.username)
  await sheet.getByRole('button', { name: '新建机器人' }).click()
  await page.getByRole('button', { name: '获取登录二维码' }).click()
  await expect(page.getByRole('img', { name: '微信登录二维码' })).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)

  // On the phone, scan the QR code that the dashboard links to, and confirm.
  const [phone] = await Promise.all([
    context.waitForEvent('page'),
    page.getByRole('link', { name: '打开模拟手机' }).click(),
  ])
  await expect(phone.getByText('这是微信模拟器，不是真的微信')).toBeVisible()
  await phone
    .getByRole('region', { name: /这是谁的手机/ })
    .getByRole('button', { name: cast.account })
    .click()
  await phone
    .locator('.code.chosen')
    .getByRole('button', { name: /扫一扫/ })
    .click()
  await expect(page.getByText('请在手机上确认').first()).toBeVisible()
  await phone.getByRole('dialog').getByRole('button', { name: /^登录/ }).click()
  await expect(page.getByText(`${cast.account} 已登录`)).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)
  const robotUrl = page.url().replace(/\/session.*/, '')

  // The agent id binds rooms.
  await page.goto(`${robotUrl}/settings`)
  await page.getByLabel('代理号').fill(cast.agentId)
  await page.getByRole('button', { name: '保存' }).click()
  // From this point, only messages of bound rooms are sent to the endpoint.
  await page.getByRole('alertdialog').getByRole('button', { name: '继续' }).click()
  await expect(page.getByText('已保存，绑定已更新')).toBeVisible()
  await expectNoViolations(page)
  await page.goto(`${robotUrl}/rooms`)
  await page.getByRole('button', { name: '同步群列表' }).click()
  await expect(page.getByText(/^同步完成/)).toBeVisible({ timeout: 20_000 })
  await page.getByLabel('搜索群名称').fill(cast.room)
  await expect(page.getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('row', { name: cast.room }).getByText('已绑定')).toBeVisible()
  await expectNoViolations(page)

  // Send a message.
  await page.goto(`${robotUrl}/messages`)
  const greeting = `你好，这里是${cast.shop} <b>&`
  const write = page.getByRole('button', { name: '发送测试消息' })
  if (info.project.name === 'phone') await write.click()
  await page.getByLabel('发到').click()
  await page.getByPlaceholder('搜索群名称').fill(cast.room)
  await page.getByRole('option', { name: cast.room }).click()
  await page.getByLabel('内容', { exact: true }).fill(greeting)
  await page.getByRole('button', { name: '发送', exact: true }).click()
  await expect(page.getByText('已发送，微信已接收。')).toBeVisible({ timeout: 35_000 })
  await phone.bringToFront()
  await phone
    .getByRole('button', { name: /微信|聊天|Chats/ })
    .last()
    .click()
  await phone.getByRole('button', { name: cast.room }).click()
  await expect(phone.getByText(greeting)).toBeVisible()

  // Receive a message; the page shows it without a reload.
  await phone.getByLabel('消息内容 Message').fill('收到，谢谢！')
  await phone.getByRole('button', { name: '发送 Send', exact: true }).click()
  await page.bringToFront()
  await expect(page.getByText('收到，谢谢！')).toBeVisible({ timeout: 20_000 })
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('messages.png') })

  // Its callback failed at the endpoint: find it, repair the endpoint, replay it.
  await page.goto(`/dashboard/callbacks?application=${applicationId}&type=send_message`)
  await page.getByRole('link', { name: 'send_message' }).first().click()
  await expect(page.getByText('失败 · 第 2 次')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('database is locked').first()).toBeVisible()
  await expectNoViolations(page)
  endpoint.respond = (response) => response.end('{"retCode":0}')
  await page.getByRole('button', { name: '重发', exact: true }).click()
  await expect(page.getByText('已送达 · 第 3 次')).toBeVisible({ timeout: 20_000 })
  expect(endpoint.received.at(-1)?.body).toContain('收到，谢谢！')
  await page.screenshot({ path: info.outputPath('callback.png') })
})
