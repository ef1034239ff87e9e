import { createTenant } from '@/e2e/create-tenant'
import { expectNoViolations } from '@/e2e/expect-no-violations'
import { signIn } from '@/e2e/sign-in'
import { expect, markOf, test } from '@/e2e/test'
import { tinyPng } from '@/lib/testing/tiny-png'

type Message = { from: string; type: string; text: string | null }

test('F1: a member is welcomed and answered by rule, by model and by meaning, then by an operator with a picture, then by the robot', async ({
  page,
  product,
}, info) => {
  const isPhone = info.project.name === 'phone'
  const mark = markOf(info)
  const shop = await createTenant(product, `客服 ${mark}`)
  const robot = await shop.openRobot(`service_${mark}`)
  const { wxid: member } = await shop.phone('/accounts', { nickname: `顾客${mark}`, canLogIn: false })
  await shop.phone(`/accounts/${robot.wxid}/friends`, { friend: member })
  const room = `/rooms/${encodeURIComponent(robot.simulatedRoomId)}`
  const said = async (path: string) =>
    ((await shop.phone(`${path}/messages`)).messages as Message[]).filter(({ from }) => from === robot.wxid)
  const chat = `/chats/${member}/${robot.wxid}`
  const write = (text: string) => shop.phone(`/chats/${robot.wxid}/messages`, { from: member, type: 'text', text })
  const isAnswered = (text: string, count = 1) =>
    expect
      .poll(async () => (await said(chat)).filter((message) => message.text === text).length, { timeout: 30_000 })
      .toBe(count)

  const of = ['--application', shop.applicationId]
  await shop.cli('rule', 'create', ...of, '--name', '欢迎', '--trigger', 'joined', '--content', '欢迎 {name}')
  await shop.cli(
    'rule',
    'create',
    ...of,
    '--name',
    '运费',
    '--trigger',
    'contains',
    '--pattern',
    '运费',
    '--content',
    '包邮。',
  )
  const article = { file_name: 'faq.csv', content: '问题,答案\n退货,七天内可以退货。\n' }
  expect(await shop.call('POST', '/v1/articles/import', article)).toMatchObject({ retCode: 0 })
  await signIn(page, product)
  const { simulatedModelUrl } = await (
    await page.request.get(`/api/dashboard/applications/${shop.applicationId}/replies`)
  ).json()
  await shop.cli(
    'reply',
    'update',
    ...of,
    '--rules',
    'true',
    '--model',
    'true',
    '--handover',
    'true',
    '--person-cooldown',
    '0',
  )
  const model = ['--model-url', simulatedModelUrl, '--model-name', 'simulator', '--embedding-model', 'simulator']
  await shop.cli('reply', 'update', ...of, ...model)
  await page.goto(`/dashboard/applications/${shop.applicationId}/replies`)
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('共 1 篇文章，1 篇可以按意思找到。')).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 40_000 })
  await expectNoViolations(page)

  // A member joins and is welcomed.
  await shop.phone(`${room}/join`, { wxid: member, inviter: robot.wxid })
  await expect
    .poll(async () => (await said(room)).map(({ text }) => text), { timeout: 30_000 })
    .toContain(`欢迎 顾客${mark}`)

  // Something known by a rule, something in an article, and the same in other words.
  await write('运费多少')
  await isAnswered('包邮。')
  await write('怎么退货')
  await isAnswered('七天内可以退货。')
  await write('这个货能不能退呢')
  await isAnswered('七天内可以退货。', 2)

  // Something unknown appears among the conversations that wait.
  await page.goto(`/dashboard/inbox?view=waiting&robot=${robot.id}`)
  const list = page.getByRole('region', { name: '会话列表' })
  await expect(list.getByText('实时')).toBeVisible()
  await write(`明天下雨吗 ${mark}`)
  const row = list.getByRole('link').filter({ hasText: `明天下雨吗 ${mark}` })
  await expect(row).toBeVisible({ timeout: 10_000 })
  await row.click()
  const timeline = page.getByRole('region', { name: '会话内容' })
  await expect(timeline.getByText('七天内可以退货。').first()).toBeVisible()
  await expect(timeline.getByText(/^模型回复，参考了 .*退货/).first()).toBeVisible()
  await expect(timeline.getByText(`明天下雨吗 ${mark}`)).toBeVisible()
  await expect(timeline.getByText(/^请求人工 · /)).toBeVisible()
  await page.getByRole('button', { name: '分配给我' }).click()
  await expect(page.getByText(/已分配给 .+/)).toBeVisible()
  await page.locator('input[type=file]').setInputFiles({ name: '天气.png', mimeType: 'image/png', buffer: tinyPng })
  await page.getByRole('button', { name: '发送', exact: true }).click()
  await expect.poll(async () => (await said(chat)).at(-1)?.type, { timeout: 30_000 }).toBe('image')
  await page.screenshot({ path: info.outputPath('answered.png') })

  // The robot is silent while the operator has the conversation, and speaks again afterwards.
  await write('运费呢')
  await expect(timeline.getByText('运费呢')).toBeVisible()
  await page.getByRole('button', { name: '解决', exact: true }).click()
  await expect(page.getByRole('button', { name: '重新打开' })).toBeVisible()
  if (isPhone) await expect(page.getByRole('button', { name: '返回列表' })).toBeVisible()
  await write('那运费呢')
  await isAnswered('包邮。', 2)
})
