import { expect, type Page } from '@playwright/test'

/** Opens the sheet for a new application and fills in the name. */
export async function openForm(page: Page, name: string) {
  await page.goto('/dashboard/applications')
  const sheet = page.getByRole('dialog')
  // A button ignores clicks until the page's scripts are loaded; the open sheet hides it.
  const opener = page.getByRole('main').getByRole('button', { name: '新建应用' }).first()
  await expect(async () => {
    if (!(await sheet.isVisible())) await opener.click({ timeout: 1000 })
    await expect(sheet.getByLabel('名称')).toBeVisible({ timeout: 2000 })
  }).toPass()
  await sheet.getByLabel('名称').fill(name)
  return { sheet, submit: sheet.getByRole('button', { name: '新建应用' }) }
}
