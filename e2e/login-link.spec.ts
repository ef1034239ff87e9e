import { createTenant, type Envelope } from '@/e2e/create-tenant'
import { dropRobot } from '@/e2e/drop-robot'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { listenForTrouble } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('D5: the link of an alert logs a dropped robot in, without a sign-in', async ({
  page,
  context,
  product,
}, info) => {
  const shop = await createTenant(product, `再登录 ${markOf(info)}`)
  const { robot, readPath } = await dropRobot(shop, `dropped_${markOf(info)}`)
  const path = await readPath()
  const trouble = listenForTrouble(page)
  await page.setViewportSize({ width: 375, height: 740 })
  for (const [locale, button] of [
    ['en', 'Log in again'],
    ['zh-CN', '重新登录'],
  ] as const) {
    await context.addCookies([{ name: 'wxbot-locale', value: locale, url: product.baseURL }])
    await page.goto(path)
    await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible()
    await expect(page.getByText(`dropped_${markOf(info)}`)).toBeVisible()
    await expectNoViolations(page)
    await page.screenshot({ path: info.outputPath(`link-${locale}.png`) })
  }
  await page.getByRole('button', { name: '重新登录', exact: true }).click()
  await page.waitForURL(/\/qr\/\w{22}\.html$/)
  await expect(page.getByRole('img', { name: '微信登录二维码' })).toBeVisible({ timeout: 20_000 })
  const link = page.url().replace(/\.html$/, '')
  await shop.scan({ data: { qrcode_url: link } } as unknown as Envelope, robot.wxid)
  await expect(page.getByText('登录成功')).toBeVisible({ timeout: 20_000 })
  expect(trouble).toEqual([])
  await page.goto(path)
  await expect(page.getByRole('heading', { name: '链接已失效' })).toBeVisible()
})
