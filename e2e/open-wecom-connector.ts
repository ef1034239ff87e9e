import { expect, type Page } from '@playwright/test'
import type { createTenant } from '@/e2e/create-tenant'

const secrets = { token: 'wecomCallback1', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }

/**
 * Creates a connector for the simulated company in the dashboard, which then shows its page. Returns its id and what an administrator
 * enters in the console of WeCom.
 */
export async function openWecomConnector(
  page: Page,
  shop: Awaited<ReturnType<typeof createTenant>>,
  { name, application }: { name: string; application: string },
) {
  const company = await shop.phone('/wecom/state')
  await page.goto('/dashboard/settings/connectors')
  await page.getByRole('button', { name: '新建连接器' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('radio', { name: '企业微信' }).check()
  await sheet.getByLabel('名称').fill(name)
  await sheet.getByLabel('企业 ID').fill(company.corpId)
  await sheet.getByLabel('应用 Secret').fill(company.secret)
  await sheet.getByLabel('Token').fill(secrets.token)
  await sheet.getByLabel('EncodingAESKey').fill(secrets.aesKey)
  await sheet.getByLabel(application).check()
  await sheet.getByRole('button', { name: '新建连接器' }).click()
  await page.waitForURL(/\/connectors\/cnr_/)
  const connectorId = /cnr_\w+/.exec(page.url())?.[0] ?? ''
  const url = page.getByText(/\/v1\/wecom\/\w{22}\/callback/)
  await expect(url).toBeVisible()
  return { connectorId, callback: { url: (await url.textContent()) ?? '', ...secrets } }
}
