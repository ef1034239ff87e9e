import { expectNoViolations } from '@/e2e/expect-no-violations'
import { createTenant } from '@/e2e/create-tenant'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

type Simulated = { name: string; members: { nickname: string }[] }

test('a merchant’s group opens after the owner sends its code, and then accepts members', async ({
  page,
  browser,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `云商城 ${mark}`)
  const username = `weimi_${mark}`
  const robot = await shop.openRobot(username)
  const stranger = async (nickname: string) =>
    (await shop.phone('/accounts', { nickname: `${nickname}${mark}`, canLogIn: false })).wxid as string
  await shop.makeAssistant(robot)

  // The shop system requests a group; its owner is not a contact yet, so the group waits.
  const code = Buffer.from(`0E7D6D8FB6C3|${mark}`).toString('base64')
  const body = JSON.stringify({ code, owner: '宋公明', assistant: username })
  const ask = async () => (await fetch(`${product.baseURL}/wxbot/qun`, { method: 'POST', body })).json()
  const { qun_create_response: made } = await ask()
  expect(made).toMatchObject({ status: 'pending_owner', url: expect.stringMatching(/\/weiqun\/[\w-]{20}$/) })

  // The owner opens the owner's page and sends the group code to the assistant on the phone page.
  await page.goto(made.owner_url)
  await expect(page.getByText(code)).toBeVisible()
  await expectNoViolations(page)
  await page.getByRole('button', { name: '复制群号代码' }).click()
  await expect(page.getByRole('button', { name: '已复制' })).toBeVisible()

  const shopper = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage()
  await shopper.goto(made.url)
  await expect(shopper.getByText('群还在准备中')).toBeVisible()
  await expect(shopper.getByText(code)).toHaveCount(0)

  const ownerWxid = await stranger('宋公明')
  const phone = await (await browser.newContext()).newPage()
  await phone.goto(`${product.simulatorURL}/?account=${robot.wxid}`)
  await phone.getByRole('button', { name: /通讯录/ }).click()
  await phone.getByLabel(/^谁/).selectOption(ownerWxid)
  await phone.getByLabel(/验证信息/).fill(`我是${code}`)
  await phone.getByRole('button', { name: /发送请求/ }).click()
  await expect(page.getByText('群已经建好')).toBeVisible({ timeout: 30_000 })
  await expectNoViolations(page)

  // The join page updates itself; three new members join, the last by a message instead of a greeting.
  const chip = shopper.locator('.chip')
  await expect(chip).toBeVisible({ timeout: 15_000 })
  const token = (await chip.textContent())?.trim() ?? ''
  await expectNoViolations(shopper)
  await shopper.screenshot({ path: info.outputPath('join-open.png'), fullPage: true })
  for (const name of ['黑旋风', '花和尚']) {
    const greeting = `我是${token}`
    await shop.phone(`/accounts/${robot.wxid}/friend-requests`, { from: await stranger(name), greeting })
    await expect(shopper.getByText(`${name.slice(0, 1)}＊＊ 已入群`)).toBeVisible({ timeout: 30_000 })
  }
  const talker = await stranger('豹子头')
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: talker })
  await shop.phone(`/chats/${robot.wxid}/messages`, { from: talker, type: 'text', text: `你好，${token}` })
  await expect(shopper.getByText('豹＊＊ 已入群')).toBeVisible({ timeout: 30_000 })
  await shopper.screenshot({ path: info.outputPath('join-joined.png'), fullPage: true })

  const { rooms } = (await shop.phone('/state')) as { rooms: Simulated[] }
  const [room, ...others] = rooms.filter(({ name }) => name.startsWith('宋公明的群') && isOf(name, made.url))
  expect(others).toEqual([])
  const names = room?.members.map(({ nickname }) => nickname) ?? []
  const cast = ['宋公明', '黑旋风', '花和尚', '豹子头'].map((name) => `${name}${mark}`)
  expect(names.sort()).toEqual([username, '陈静', '杨洋', ...cast].sort())

  // The shop system repeats its request, and requests membership for an existing contact by name.
  expect(await ask()).toMatchObject({ qun_create_response: { url: made.url, status: 'open' } })
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: 'wxid_linxia000118' })
  const join = { token, member: '林夏' }
  const joined = await shop.until(async () => {
    const response = await fetch(`${product.baseURL}/wxbot/qun/membership`, {
      method: 'POST',
      body: new URLSearchParams(join),
    })
    return response.status === 200 && response.json()
  })
  expect(joined).toEqual({ membership_join_response: { approved: 'ok' } })

  // The operator sees the group and its members.
  await signIn(page, product)
  await page.goto('/dashboard/quns')
  await page.getByLabel('搜索群号、群名、群主、助手').fill(username)
  const found = page.getByRole('link', { name: /宋公明的群/ })
  await expect(found).toHaveCount(1)
  await found.click()
  await expect(page.getByRole('row', { name: /林夏/ }).getByText('已入群')).toBeVisible()
  await expect(page.getByText(`出示群号代码的人昵称是「宋公明${mark}」`)).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('qun.png'), fullPage: true })
  await page.getByRole('button', { name: '关闭', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '关闭', exact: true }).click()
  await expect(shopper.getByText('群已经关闭')).toBeVisible({ timeout: 15_000 })
})

/** Returns whether a room belongs to the project's own group, by the group number. */
function isOf(name: string, url: string): boolean {
  const number = Buffer.from(url.replace(/^.*\//, ''), 'base64url').toString()
  return name.endsWith(number)
}
