import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'

test('an operator requests a group, confirms its owner, renames it and imports more from a file', async ({
  page,
  product,
}, info) => {
  const mark = markOf(info)
  const shop = await createTenant(product, `茶庄 ${mark}`)
  const username = `tea_${mark}`
  const robot = await shop.openRobot(username)
  const owner = `掌柜${mark}`
  const { wxid } = await shop.phone('/accounts', { nickname: owner, canLogIn: false })
  for (const friend of ['wxid_chenjing0105', 'wxid_yangyang0106', String(wxid)])
    await shop.phone(`/accounts/${robot.wxid}/friends`, { friend })
  await shop.cli('robot', 'update', '--robot', robot.id, '--assistant', 'true', '--companion', '陈静')

  await signIn(page, product)
  await page.goto('/dashboard/quns')
  await page.getByRole('button', { name: '新建商家群' }).first().click()
  const sheet = page.getByRole('dialog', { name: '新建商家群' })
  await sheet.getByLabel('助手').selectOption(username)
  await sheet.getByLabel('群主').fill(owner)
  await sheet.getByRole('button', { name: '生成代码' }).click()
  await expect(sheet.getByLabel('群号代码')).toHaveValue(/^[A-Za-z0-9+/]{27}=$/)
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('create.png') })
  await sheet.getByRole('button', { name: '新建商家群' }).click()

  // The assistant knows one contact with the name, so the room is made, and the operator has to decide about the person.
  await expect(page.getByRole('heading', { level: 1, name: `${owner}的群` })).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('群可以用了')).toBeVisible({ timeout: 30_000 })
  const row = page.getByRole('row', { name: new RegExp(owner) })
  await expect(row.getByText('是同一个人吗？')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('qun.png'), fullPage: true })
  await row.getByRole('button', { name: '是', exact: true }).click()
  await expect(row.getByText('由管理员确认')).toBeVisible()

  await page.getByRole('button', { name: '改名' }).click()
  await page.getByRole('dialog', { name: '改名' }).getByLabel('群名').fill(`春茶${mark}`)
  await page.getByRole('button', { name: '保存群名' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `春茶${mark}` })).toBeVisible()
  await shop.until(async () => {
    const { rooms } = (await shop.phone('/state')) as { rooms: { name: string }[] }
    return rooms.some(({ name }) => name === `春茶${mark}`)
  })

  await page.goto('/dashboard/quns')
  await page.getByRole('button', { name: '导入' }).click()
  const importing = page.getByRole('dialog', { name: '导入' })
  const codeOf = (text: string) => Buffer.from(`${text}|${mark}`).toString('base64')
  const choose = (lines: string[]) =>
    importing.getByLabel('CSV 文件').setInputFiles({
      name: 'groups.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['群主,助手,群号代码,群名', ...lines].join('\n')),
    })
  await choose([`甲${mark},${username},${codeOf('a')},`, `,${username},${codeOf('b')},`])
  await expect(importing.getByText('第 3 行「群主」')).toBeVisible()
  await page.screenshot({ path: info.outputPath('import-problems.png') })
  await choose([`甲${mark},${username},${codeOf('a')},`, `乙${mark},${username},${codeOf('b')},秋茶${mark}`])
  await importing.getByRole('button', { name: '新建 2 个群' }).click()
  await expect(importing.getByText('已请求 2 个群')).toBeVisible()
  await expectNoViolations(page)
  await page.screenshot({ path: info.outputPath('imported.png') })
  await importing.getByRole('button', { name: '完成' }).click()
  await expect(page.getByRole('link', { name: `秋茶${mark}` })).toBeVisible()
})
