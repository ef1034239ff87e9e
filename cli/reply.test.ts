import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { givenApplication } from '@/lib/testing/factories'

const cli = useCli('replies')

it('F5: rules are created, tried, moved, turned off and removed', async () => {
  const of = ['--application', await givenApplication(cli.db), '--json']
  const rule = async (...args: string[]) => cli.run(['rule', ...args, ...of])
  const create = ['create', '--trigger', 'contains', '--pattern', '运费', '包邮', '--name']
  const first = await rule(...create, '运费', '--content', '满 99 元包邮。')
  const { ruleId } = first.json() as { ruleId: string }
  expect((await rule('try', '--text', '包邮吗')).json()).toMatchObject({ ruleId, content: '满 99 元包邮。' })
  const second = (await rule(...create, '转接', '--answer', 'handover')).json() as { ruleId: string }
  await rule('update', '--rule', second.ruleId, '--place', '1')
  expect((await rule('try', '--text', '包邮吗')).json()).toMatchObject({ ruleId: second.ruleId, answer: 'handover' })
  await rule('update', '--rule', second.ruleId, '--enabled', 'false')
  expect((await rule('try', '--text', '包邮吗')).json()).toMatchObject({ ruleId })
  await rule('remove', '--rule', ruleId)
  expect((await rule('list')).json().rules).toMatchObject([{ id: second.ruleId, isEnabled: false }])
  expect(
    await rule('create', '--trigger', 'matches', '--name', '坏', '--pattern', '(', '--content', '好'),
  ).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('RE2'),
  })
})

it('F5: a file of articles is imported, and imported again in its place', async () => {
  const of = ['--application', await givenApplication(cli.db), '--json']
  const path = join(mkdtempSync(join(tmpdir(), 'wxbot-')), 'faq.csv')
  writeFileSync(path, '问题,答案\n怎么退货,七天内可以退货。\n运费多少,满 99 元包邮。\n')
  const load = async () => (await cli.run(['article', 'import', path, ...of])).json()
  expect(await load()).toEqual({ count: 2, removedCount: 0 })
  expect(await load()).toEqual({ count: 2, removedCount: 2 })
  const list = async (...args: string[]) =>
    (await cli.run(['article', 'list', ...args, ...of])).json()['articles'] as { id: string }[]
  const [article] = await list('--search', '退货')
  expect(article).toMatchObject({ title: '怎么退货', source: 'faq.csv' })
  await cli.run(['article', 'remove', '--article', article?.id ?? '', ...of])
  expect(await list()).toHaveLength(1)
})
