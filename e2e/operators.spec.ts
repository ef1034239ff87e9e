import { expectNoViolations } from '@/e2e/expect-no-violations'
import { openFilters } from '@/e2e/open-filters'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('a viewer’s password change ends other sessions, and the audit log shows a removed viewer', async ({
  page,
  browser,
  product,
}, info) => {
  const email = `viewer.operators.${markOf(info)}@wxbot.test`
  const sheet = page.getByRole('dialog')
  await signIn(page, product)
  await page.goto('/dashboard/settings/operators')
  await page.getByRole('button', { name: '新建操作员' }).click()
  await sheet.getByLabel('邮箱').fill(email)
  await sheet.getByRole('button', { name: '新建操作员' }).click()
  const password = (await sheet.getByTestId('secret').textContent()) ?? ''
  expect(password).toMatch(/^[\w-]{20}$/)
  await expectNoViolations(page)
  await sheet.getByRole('button', { name: '我已保存' }).click()
  await expect(page.getByRole('row', { name: email }).getByText('观察员')).toBeVisible()

  const { baseURL } = product
  const [thisPage, otherPage] = [await browser.newPage({ baseURL }), await browser.newPage({ baseURL })]
  for (const theirs of [thisPage, otherPage])
    await signIn(theirs, { ...product, adminEmail: email, adminPassword: password })
  await thisPage.goto('/dashboard/settings/operators')
  await expect(thisPage.getByText(email).first()).toBeVisible()
  await expect(thisPage.getByRole('button', { name: '新建操作员' })).toBeHidden()
  await thisPage.goto('/dashboard/settings')
  await thisPage.getByLabel('现在的密码').fill(password)
  await thisPage.getByLabel('新密码', { exact: true }).fill('correct horse battery')
  await thisPage.getByLabel('再输一次新密码').fill('correct horse battery')
  await thisPage.getByRole('button', { name: '修改密码' }).click()
  await expect(thisPage.getByText('密码已修改')).toBeVisible({ timeout: 20_000 })
  await thisPage.goto('/dashboard/robots')
  await expect(thisPage.getByRole('heading', { level: 1 })).toHaveText('机器人')
  await otherPage.goto('/dashboard/robots')
  await expect(otherPage).toHaveURL(/sign-in/)

  await page.getByRole('button', { name: `${email} 的操作` }).click()
  await page.getByRole('menuitem', { name: '移除' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '移除' }).click()
  await expect(page.getByRole('row', { name: email })).toBeHidden()
  await thisPage.reload()
  await expect(thisPage).toHaveURL(/sign-in/)
  await page.goto('/dashboard/settings/audit')
  await openFilters(page)
  await page.getByLabel('按操作筛选').selectOption({ label: '移除操作员' })
  await expect(page.getByRole('row').filter({ hasText: product.adminEmail }).first()).toBeVisible()
})
