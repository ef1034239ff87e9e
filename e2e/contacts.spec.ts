import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('an operator accepts a friend, names the contact, picks it as starter contact and looks who is in a room', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `花店 ${mark}`)
  const robot = await shop.openRobot(`flower_${mark}`)
  for (const friend of ['wxid_chenjing0105', 'wxid_yangyang0106', 'wxid_linxia000118'])
    await shop.phone(`/accounts/${robot.wxid}/friends`, { friend })
  const ask = async (nickname: string, greeting: string) => {
    const { wxid: from } = await shop.phone('/accounts', { nickname, canLogIn: false })
    await shop.phone(`/accounts/${robot.wxid}/friend-requests`, { from, greeting })
    return String(from)
  }
  const neighbour = await ask(`邻居${mark}`, '我是隔壁茶庄的')
  await ask(`推销${mark}`, '贷款了解一下')

  await signIn(page, product)
  await page.goto(`/dashboard/robots/${robot.id}/contacts`)
  await expect(page.getByText('我是隔壁茶庄的')).toBeVisible()
  await expect(page.getByText('贷款了解一下')).toBeVisible()
  const list = page.getByRole('list', { name: '联系人' })
  await expect(list.getByText('林夏')).toBeVisible({ timeout: 15_000 })
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('contacts.png'), fullPage: true })
  await page.getByRole('button', { name: `通过「邻居${mark}」的好友请求` }).click()
  await expect(list.getByText(`邻居${mark}`)).toBeVisible({ timeout: 15_000 })
  await page.getByRole('button', { name: `拒绝「推销${mark}」的好友请求` }).click()
  await expect(page.getByRole('heading', { name: '新的朋友' })).toBeHidden({ timeout: 15_000 })
  await expect(list.getByText(`推销${mark}`)).toBeHidden()

  await page.getByRole('searchbox', { name: '搜索昵称或备注' }).fill(`邻居${mark}`)
  await expect(list.getByRole('listitem')).toHaveCount(1)
  await page.getByRole('button', { name: `修改「邻居${mark}」的备注` }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('备注', { exact: true }).fill('茶庄老板')
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('remark.png') })
  await sheet.getByRole('button', { name: '保存备注' }).click()
  await expect(list.getByText('茶庄老板')).toBeVisible({ timeout: 15_000 })
  await expect(list.getByText(`昵称：邻居${mark}`)).toBeVisible()
  const { accounts } = (await shop.phone('/state')) as {
    accounts: { wxid: string; friends: { wxid: string; remark: string }[] }[]
  }
  const friends = accounts.find(({ wxid }) => wxid === robot.wxid)?.friends
  expect(friends).toContainEqual({ wxid: neighbour, remark: '茶庄老板' })

  await page.goto(`/dashboard/robots/${robot.id}/settings`)
  await page.getByLabel('设为群助手').check()
  const pick = async (typed: string, option: string) => {
    await page.getByRole('button', { name: '建群好友: 添加建群好友…' }).click()
    await page.getByPlaceholder('搜索联系人，或输入昵称、备注').fill(typed)
    await page.getByRole('option', { name: option }).click()
  }
  await pick('茶庄', '茶庄老板')
  await pick('以后再加的人', '按名字「以后再加的人」添加')
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('starter-contacts.png'), fullPage: true })
  await page.getByRole('button', { name: '更新助手' }).click()
  await expect(page.getByText('以后再加的人（尚未找到）')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('茶庄老板（尚未找到）')).toBeHidden()
  await expect(page.getByRole('listitem').getByText('茶庄老板', { exact: true }).first()).toBeVisible()

  await page.goto(`/dashboard/robots/${robot.id}/rooms`)
  await page.getByRole('button', { name: `flower_${mark} 的群 的操作` }).click()
  await page.getByRole('menuitem', { name: '群成员' }).click()
  const members = page.getByRole('list', { name: '群成员' })
  await expect(members.getByText('王芳')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByText('3 人 · 读取于')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('members.png') })
})

test('a group has a poster to download', async ({ page, product }, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `书店 ${mark}`)
  const username = `book_${mark}`
  const id = await shop.createRobot(username)
  await shop.cli('robot', 'update', '--robot', id, '--assistant', 'true', '--companion', '陈静')
  const code = Buffer.from(`poster|${mark}`).toString('base64')
  const made = await shop.cli('qun', 'create', '--assistant', username, '--owner', `掌柜${mark}`, '--code', code)
  await signIn(page, product)
  await page.goto(`/dashboard/quns/${String(made['qunId'])}`)
  await page.getByRole('button', { name: '海报' }).click()
  const poster = page.getByRole('img', { name: `「掌柜${mark}的群」的海报，有入群二维码` })
  await expect(poster).toBeVisible()
  await expect.poll(() => poster.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1240)
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('poster.png') })
  const url = await page.getByRole('link', { name: '下载图片' }).getAttribute('href')
  const picture = await page.request.get(String(url))
  expect(picture.headers()['content-type']).toBe('image/png')
  expect(await shop.call('GET', `/v1/quns/${String(made['qunId'])}/poster`)).toMatchObject({
    retCode: 0,
    data: { poster_url: expect.stringMatching(new RegExp(`${String(url)}$`)) },
  })
})
