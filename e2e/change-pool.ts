import { expect, type Page, type TestInfo } from '@playwright/test'
import { expectFits } from '@/e2e/expect-fits'
import { expectNoViolations } from '@/e2e/expect-no-violations'

/** Puts the customer group `other` into the pool on the connector's page, and takes it out; `taken` is shown as taken. */
export async function changePool(
  page: Page,
  info: TestInfo,
  { connectorId, taken, other }: { connectorId: string; taken: string; other: string },
): Promise<void> {
  await page.goto(`/dashboard/settings/connectors/${connectorId}#pool`)
  const pool = page.getByRole('region', { name: '客户群池' })
  const row = (name: string) => pool.getByRole('listitem').filter({ hasText: name })
  await expect(row(taken).getByText('已领取')).toBeVisible()
  await expect(async () => {
    await page.reload()
    await expect(row(other)).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
  await row(other)
    .getByRole('button', { name: `把「${other}」加入群池` })
    .click()
  await page.getByRole('alertdialog').getByRole('button', { name: '加入群池', exact: true }).click()
  await expect(row(other).getByText('在池中')).toBeVisible()
  await expectNoViolations(page)
  await expectFits(page, info, 'pool')
  await row(other)
    .getByRole('button', { name: `把「${other}」移出群池` })
    .click()
  await expect(row(other).getByText('未入池')).toBeVisible()
}
