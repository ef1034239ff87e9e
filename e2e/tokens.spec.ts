import { expectNoViolations } from '@/e2e/expect-no-violations'
import { expect, markOf, test } from '@/e2e/test'

test('A3, A12: an operator issues, limits, rolls and revokes tokens and selects the callback token', async ({
  page,
  request,
  product,
}, info) => {
  const shop = `令牌店 ${markOf(info)}`
  const sheet = page.getByRole('dialog')
  const call = (token: string) => request.post('/robots', { data: { token, username: `token_${markOf(info)}` } })
  const codeOf = async (token: string) => ((await (await call(token)).json()) as { retCode: number }).retCode
  /** Reads the token that the sheet shows once, and closes the sheet. */
  async function takeToken(): Promise<string> {
    const token = await sheet.getByText(/^wx_\w{40}$/).textContent()
    await sheet.getByRole('button', { name: '我已保存' }).click()
    await expect(sheet).toBeHidden()
    return token ?? ''
  }
  const menuOf = (token: string) => page.getByRole('button', { name: `（末四位 ${token.slice(-4)}）的操作` })

  await page.goto('/dashboard/applications')
  await page.getByLabel('邮箱').fill(product.adminEmail)
  await page.getByLabel('密码').fill(product.adminPassword)
  await page.getByRole('button', { name: '登录' }).click()
  // Buttons ignore clicks until the page's scripts are loaded.
  await page.waitForURL(/\/dashboard\/applications$/)
  await page.getByRole('button', { name: '新建应用' }).first().click()
  await sheet.getByLabel('名称').fill(shop)
  await sheet.getByRole('button', { name: '新建应用' }).click()
  const first = await takeToken()
  await expect(page.getByRole('heading', { name: shop })).toBeVisible()

  await page.getByRole('link', { name: '令牌', exact: true }).click()
  await page.getByRole('button', { name: '签发令牌' }).click()
  await sheet.getByLabel('名称').fill('收银台')
  await sheet.getByLabel('每分钟限额').fill('1')
  await sheet.getByRole('button', { name: '签发令牌' }).click()
  const limited = await takeToken()
  expect(await codeOf(limited)).toBe(0)
  const refused = await call(limited)
  expect(refused.status()).toBe(429)
  expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(0)
  expect(await refused.json()).toMatchObject({ retCode: 1 })

  await menuOf(limited).click()
  await page.getByRole('menuitem', { name: '修改' }).click()
  await sheet.getByLabel('每分钟限额').fill('-1')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('不能小于 0')).toBeVisible()
  await sheet.getByLabel('名称').fill('收银台二')
  await sheet.getByLabel('每分钟限额').fill('0')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(page.getByRole('row', { name: '收银台二' })).toBeVisible()
  expect((await call(limited)).status()).not.toBe(429)

  await menuOf(limited).click()
  await page.getByRole('menuitem', { name: '修改' }).click()
  await sheet.getByLabel('管理', { exact: false }).uncheck()
  await sheet.getByLabel('允许的地址').fill('10.0.0.0/33')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByText('每行一个 IP 地址或网段，例如 10.0.0.0/8，最多 100 个')).toBeVisible()
  await sheet.getByLabel('允许的地址').fill('127.0.0.0/8\n::1')
  await expectNoViolations(page)
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('查询 · 发消息 · 限定地址')).toBeVisible()
  const forbidden = (await (await call(limited)).json()) as { retCode: number; errorMsg: string }
  expect(forbidden).toMatchObject({ retCode: -1006, errorMsg: expect.stringContaining('control') })

  await menuOf(first).click()
  await page.getByRole('menuitem', { name: '更换' }).click()
  await expect(sheet.getByLabel('过渡期')).toHaveValue('86400')
  await sheet.getByRole('button', { name: '更换' }).click()
  const second = await takeToken()
  await expect(page.getByText('将失效')).toBeVisible()
  await expect(page.getByText(`换成末四位 ${second.slice(-4)} 的令牌`)).toBeVisible()
  expect([await codeOf(first), await codeOf(second)]).toEqual([0, 0])
  await expectNoViolations(page)

  await menuOf(first).click()
  await page.getByRole('menuitem', { name: '撤销' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '撤销' }).click()
  await expect(page.getByText('已撤销', { exact: true })).toBeVisible()
  expect([await codeOf(first), await codeOf(second)]).toEqual([2000, 0])

  await page.getByRole('button', { name: '改用单独的令牌' }).click()
  await sheet.getByLabel('过渡期').selectOption({ label: '没有，立即更换' })
  await sheet.getByRole('button', { name: '改用单独的令牌' }).click()
  const own = await takeToken()
  await expect(page.getByText('单独的令牌，不能调用接口')).toBeVisible()
  expect(await codeOf(own)).toBe(2000)

  await page.getByRole('button', { name: '改回访问令牌' }).click()
  await sheet.getByLabel('访问令牌').fill(own)
  await sheet.getByLabel('过渡期').selectOption({ label: '没有，立即更换' })
  await sheet.getByRole('button', { name: '改回访问令牌' }).click()
  await expect(sheet.getByText('不是这个应用有效的访问令牌')).toBeVisible()
  await sheet.getByLabel('访问令牌').fill(second)
  await sheet.getByRole('button', { name: '改回访问令牌' }).click()
  await expect(page.getByText('即访问令牌')).toBeVisible()
  await expectNoViolations(page)
})
