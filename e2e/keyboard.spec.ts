import { expectNoViolations } from '@/e2e/expect-no-violations'
import { createTenant } from '@/e2e/create-tenant'
import { listenForTrouble, signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('the keyboard alone opens pages, rows and search results; shortcuts are off while typing', async ({
  page,
  product,
}, info) => {
  const mark = `键盘${markOf(info)}`
  const shop = await createTenant(product, `${mark}的店`)
  for (const index of [1, 2]) await shop.createRobot(`${mark}_${index}`)
  const trouble = listenForTrouble(page)
  const press = (...keys: string[]) =>
    keys.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve())
  const heading = page.getByRole('heading', { level: 1 })
  await signIn(page, product)
  await expect(heading).toHaveText('概览')

  // Keys pressed before the page is hydrated are lost.
  await expect(async () => {
    await press('g', 'r')
    await expect(heading).toHaveText('机器人', { timeout: 3000 })
  }).toPass()
  await press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type(`${mark}_`)
  await expect(page).toHaveURL(/q=/)
  await expect(page.getByRole('row')).toHaveCount(3)
  // Typed g and r are text, not the shortcut.
  await page.keyboard.type('gr')
  await expect(page).toHaveURL(/robots\?q=/)
  await press('Backspace', 'Backspace')
  await expect(page.getByRole('row')).toHaveCount(3)
  const rows = page.locator('[data-row-link]')
  await press('ArrowDown')
  await expect(rows.first()).toBeFocused()
  await press('j')
  await expect(rows.nth(1)).toBeFocused()
  await press('j', 'k')
  await expect(rows.first()).toBeFocused()
  await press('t')
  await expect(page.locator('tbody time').first()).toHaveText(/\d{4}年/)
  await press('t')
  await expect(page.locator('tbody time').first()).not.toHaveText(/\d{4}年/)
  const name = await rows.first().textContent()
  await press('Enter')
  await expect(heading).toHaveText(name ?? '')

  await press('Control+k')
  const field = page.getByRole('combobox', { name: '命令菜单' })
  await expect(field).toBeFocused()
  await expectNoViolations(page)
  await field.fill(`${mark}的店`)
  await expect(page.getByRole('option', { name: `${mark}的店` })).toBeVisible()
  await press('Enter')
  await expect(heading).toHaveText(`${mark}的店`)
  await press('Control+k')
  await field.fill('没有这样的东西')
  await expect(page.getByText('没有找到「没有这样的东西」')).toBeVisible()
  await press('Escape')
  await expect(field).toBeHidden()

  await press('?')
  await expect(page.getByRole('dialog', { name: '键盘快捷键' })).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('radio', { name: '关闭' }).click()
  await press('Escape', 'g', 'c')
  await expect(heading).toHaveText(`${mark}的店`)
  await press('Control+k')
  await field.fill('新建机器人')
  await press('Enter')
  await expect(page.getByRole('dialog', { name: '新建机器人' })).toBeVisible()
  expect(trouble).toEqual([])
})

test('a status line shows that the server is unreachable and disappears when it responds again', async ({
  page,
  product,
}) => {
  await signIn(page, product)
  const line = page.getByText('连不上服务器，正在重试')
  await page.goto('/dashboard/robots')
  await page.route(/\/api\/|\/healthz/, (route) => route.abort())
  await expect(line).toBeVisible({ timeout: 20_000 })
  await page.unrouteAll()
  await expect(line).toBeHidden({ timeout: 10_000 })
})

test('keys move through the inbox, claim, answer and resolve', async ({ page, product }) => {
  const shop = await createTenant(product, '会话快捷键')
  const robot = await shop.openRobot('inbox_keys')
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: 'wxid_wangfang0101' })
  await shop.phone(`/chats/${robot.wxid}/messages`, { from: 'wxid_wangfang0101', type: 'text', text: '在吗' })
  await signIn(page, product)
  await page.goto(`/dashboard/inbox?robot=${robot.id}`)
  const row = page.getByRole('link').filter({ hasText: '在吗' })
  await expect(row).toBeVisible({ timeout: 20_000 })
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(row).toBeFocused({ timeout: 1000 })
  }).toPass()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '分配给我' })).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByRole('button', { name: '放回等待' })).toBeVisible()
  await page.keyboard.press('r')
  await expect(page.getByRole('textbox', { name: '回复内容' })).toBeFocused()
  await page.keyboard.type('在的')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: '会话内容' }).getByText('已发送')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
  await expect(page.getByRole('button', { name: '重新打开' })).toBeVisible()
})
