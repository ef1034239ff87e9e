import { expectNoViolations } from './expect-no-violations'
import { openFilters } from './open-filters'
import { signIn } from './sign-in'
import { expect, test } from './test'

test('an admin lets a viewer in, who changes the password and is signed out elsewhere; the audit tells of it', async ({
  page,
  browser,
  product,
}, { project }) => {
  test.setTimeout(120_000)
  const email = `viewer.${project.name}@wxbot.test`
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
  const [here, elsewhere] = [await browser.newPage({ baseURL }), await browser.newPage({ baseURL })]
  for (const theirs of [here, elsewhere])
    await signIn(theirs, { ...product, adminEmail: email, adminPassword: password })
  await here.goto('/dashboard/settings/operators')
  await expect(here.getByText(email).first()).toBeVisible()
  await expect(here.getByRole('button', { name: '新建操作员' })).toBeHidden()
  await here.goto('/dashboard/settings')
  await here.getByLabel('现在的密码').fill(password)
  await here.getByLabel('新密码', { exact: true }).fill('correct horse battery')
  await here.getByLabel('再输一次新密码').fill('correct horse battery')
  await here.getByRole('button', { name: '修改密码' }).click()
  await expect(here.getByText('密码已修改')).toBeVisible({ timeout: 20_000 })
  await here.goto('/dashboard/robots')
  await expect(here.getByRole('heading', { level: 1 })).toHaveText('机器人')
  await elsewhere.goto('/dashboard/robots')
  await expect(elsewhere).toHaveURL(/sign-in/)

  await page.getByRole('button', { name: `${email} 的操作` }).click()
  await page.getByRole('menuitem', { name: '移除' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '移除' }).click()
  await expect(page.getByRole('row', { name: email })).toBeHidden()
  await here.reload()
  await expect(here).toHaveURL(/sign-in/)
  await page.goto('/dashboard/settings/audit')
  await openFilters(page)
  await page.getByLabel('按操作筛选').selectOption({ label: '移除操作员' })
  await expect(page.getByRole('row').filter({ hasText: product.adminEmail }).first()).toBeVisible()
})
