import { signIn } from '@/e2e/sign-in'
import { expect, test } from '@/e2e/test'

test('D1: a sign-out also invalidates copies of its cookie, and another browser can end a sign-in', async ({
  page,
  browser,
  product,
}) => {
  const { baseURL } = product
  const other = await browser.newPage({ baseURL, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })
  for (const one of [page, other]) await signIn(one, product)
  const cookies = await other.context().cookies()
  expect(cookies.find(({ name }) => name === 'wxbot-device')).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const ask = (path: string) => fetch(`${baseURL}${path}`, { headers: { cookie }, redirect: 'manual' })
  expect((await ask('/api/dashboard/robots')).status).toBe(200)
  expect(await (await ask('/api/auth/session')).json()).toEqual({ user: { email: product.adminEmail } })

  await page.goto('/dashboard/settings')
  const row = page.getByRole('row').filter({ hasText: 'Firefox' }).filter({ hasText: 'Linux' }).first()
  await expect(page.getByRole('row').filter({ hasText: '当前' })).toHaveCount(1)
  await row.getByRole('button', { name: /结束/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '结束' }).click()
  await expect(page.getByText('登录已结束')).toBeVisible()
  expect((await ask('/api/dashboard/robots')).status).toBe(401)
  expect(await (await ask('/api/auth/session')).json()).toEqual({})
  await other.goto('/dashboard/robots')
  await expect(other).toHaveURL(/sign-in/)

  const mine = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const token = await page.request.get('/api/auth/csrf')
  const { csrfToken } = (await token.json()) as { csrfToken: string }
  await page.request.post('/api/auth/signout', { form: { csrfToken, json: 'true' } })
  const copy = await fetch(`${baseURL}/api/dashboard/robots`, { headers: { cookie: mine } })
  expect(copy.status).toBe(401)
})
