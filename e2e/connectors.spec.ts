import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('E2: an admin creates a gateway only after accepting its risk, checks it, lends it to an application and removes it', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = `连接器店 ${mark}`
  await createTenant(product, shop)
  await signIn(page, product)
  await page.goto('/dashboard/settings/connectors')
  await page.getByRole('button', { name: '新建连接器' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: '网关' }).check()
  await sheet.getByLabel('名称').fill(`网关 ${mark}`)
  // A port where nothing listens: the check reports it.
  await sheet.getByLabel('接口地址').fill('http://127.0.0.1:9')
  await sheet.getByLabel('网关令牌').fill('gateway-token')
  await sheet.getByLabel(shop).check()
  await expect(sheet.getByText(/可能限制或封停/)).toBeVisible()
  await sheet.getByRole('button', { name: '新建连接器' }).click()
  await expect(sheet.getByText(/请先接受这个风险/)).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('create.png') })
  await sheet.getByLabel('我了解并接受这个风险').check()
  await sheet.getByRole('button', { name: '新建连接器' }).click()

  await page.waitForURL(/\/connectors\/cnr_/)
  await expect(page.getByText(/\/v1\/gateway\/\w{22}\/callback/)).toBeVisible()
  await page.getByRole('button', { name: '检查', exact: true }).click()
  await expect(page.getByText(/有 \d 个问题/)).toBeVisible({ timeout: 30_000 })
  await expect(page.getByLabel(shop)).toBeChecked()
  await expectNoViolations(page)
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: info.outputPath(`detail-${width}.png`), fullPage: true })
  }

  await page.getByLabel('网关令牌').fill('next-token')
  await page.getByRole('button', { name: '保存' }).first().click()
  await expect(page.getByText('保存后还没有检查过')).toBeVisible()
  await page.goto('/dashboard/settings/connectors')
  await expect(page.getByRole('row', { name: `网关 ${mark}` })).toContainText('未检查')
  await expectNoViolations(page)
  for (const width of [1280, 375]) {
    await page.setViewportSize({ width, height: 900 })
    await page.screenshot({ path: info.outputPath(`list-${width}.png`) })
  }

  await page.getByRole('link', { name: `网关 ${mark}` }).click()
  await page.getByRole('button', { name: '移除…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '移除连接器' }).click()
  await page.waitForURL(/\/connectors$/)
  await expect(page.getByRole('link', { name: `网关 ${mark}` })).toBeHidden()
})

test('E1: the default connection of an application presets the form of a new robot', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const { applicationId } = await createTenant(product, `默认连接 ${mark}`)
  await signIn(page, product)
  await page.goto(`/dashboard/applications/${applicationId}/settings`)
  await page.getByLabel('连接方式', { exact: true }).selectOption({ label: 'iLink' })
  await page.getByRole('region', { name: '默认连接方式' }).getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存').first()).toBeVisible()
  await page.waitForLoadState('networkidle')
  await page.goto(`/dashboard/applications/${applicationId}/robots`)
  await page.getByRole('button', { name: '新建机器人' }).first().click()
  await expect(page.getByRole('dialog').getByRole('radio', { name: 'iLink' })).toBeChecked()
  await page.screenshot({ path: info.outputPath('robot.png') })
})
