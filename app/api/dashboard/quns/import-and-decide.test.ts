import { beforeEach, expect, it } from 'vitest'
import { webContext } from '@/lib/http/web-context'
import { claimQun } from '@/lib/membership/claim-qun'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { createQun } from '@/lib/qun/create-qun'
import { setCompanions } from '@/lib/membership/set-companions'
import { givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as imports from '@/app/api/dashboard/quns/import/route'
import * as decision from '@/app/api/dashboard/quns/[qunId]/members/[membershipId]/decision/route'
import * as members from '@/app/api/dashboard/quns/[qunId]/members/route'
import * as qun from '@/app/api/dashboard/quns/[qunId]/route'

const test = useDashboard()
let robotId: string
let username: string
let marks = 0
beforeEach(async () => {
  username = `weimi_import_${++marks}`
  robotId = await givenRobot(test.db, { username, isAssistant: true })
  await test.db.transaction((tx) => setCompanions(tx, { robotId, names: ['陈静'] }))
})
const codeOf = (text: string) => Buffer.from(`${text}|${marks}`).toString('base64')
const upload = (content: string, isPreview = false) =>
  test.asAdmin(imports.POST, 'POST', { body: { content, isPreview } })
const quns = () => test.sql`select name, owner_name from quns where robot_id = ${robotId} order by name`

it('a file creates its groups once; a preview creates none', async () => {
  const content = [
    '\uFEFF群名,群号代码,助手,群主',
    `春日茶友会,${codeOf('a')},${username},"宋公明, 及时雨"`,
    '',
    `,${codeOf('b')},${username},吴用`,
  ].join('\r\n')
  const preview = await upload(content, true)
  expect(preview).toMatchObject({ status: 200, body: { isImported: false, problems: [] } })
  expect(preview.body.rows).toMatchObject([
    { line: 2, owner: '宋公明, 及时雨', name: '春日茶友会', outcome: 'new' },
    { line: 4, owner: '吴用', outcome: 'new' },
  ])
  expect(await quns()).toEqual([])
  expect((await upload(content)).body).toMatchObject({ isImported: true, problems: [] })
  expect(await quns()).toMatchObject([{ owner_name: '吴用' }, { name: '春日茶友会' }])
  const again = (await upload(content)).body
  expect(again.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['existing', 'existing'])
  expect(await quns()).toHaveLength(2)
})

it('a file with a wrong row creates nothing, and each problem names its line and column', async () => {
  const content = [
    'owner,assistant,code,name',
    `宋公明,${username},${codeOf('a')},`,
    `,${username},${codeOf('b')},`,
    `吴用,nobody,${codeOf('c')},`,
    `李逵,${username},/w==,`,
    `武松,${username},${codeOf('d')},${'长'.repeat(33)}`,
    `宋江,${username},${codeOf('a')},`,
  ].join('\n')
  const { body } = await upload(content)
  expect(body.isImported).toBe(false)
  expect(body.problems).toMatchObject([
    { line: 3, column: 'owner', sentence: { reason: 'import_required' } },
    { line: 4, column: 'assistant', sentence: { reason: 'assistant_not_found' } },
    { line: 5, column: 'code', sentence: { reason: 'group_code_format' } },
    { line: 6, column: 'name', sentence: { reason: 'import_too_long', params: { max: 32 } } },
    { line: 7, column: 'code', sentence: { reason: 'qun_code_taken' } },
  ])
  expect(await quns()).toEqual([])
})

it.each([
  ['no title line', '宋公明,weimi,MEU3', 'import_columns'],
  ['no rows', 'owner,assistant,code\n', 'import_empty'],
  ['too many rows', `owner,assistant,code\n${'a,b,c\n'.repeat(501)}`, 'import_too_many'],
  ['a quote that is not closed', 'owner,assistant,code\n"a,b,c', 'csv_invalid'],
])('a file with %s is refused as a whole', async (_case, content, reason) => {
  expect(await upload(content)).toMatchObject({ status: 400, body: { error: { reason, parameter: 'content' } } })
})

it('a person identified by nickname is confirmed, refused or removed by an operator', async () => {
  const sealer = webContext().sealer
  const draft = { robotId, groupCode: `decide|${marks}`, ownerName: '宋公明', nameTemplate: '{owner} {number}', sealer }
  const { id: qunId } = await test.db.transaction((tx) => createQun(tx, draft))
  await test.db.transaction(async (tx) => {
    const owner = await upsertContact(tx, { robotId, person: { username: '@owner', nickname: '宋公明' } })
    await claimQun(tx, { qunId, contactId: owner.id, identifiedBy: 'nickname' })
    const member = await upsertContact(tx, { robotId, person: { username: '@member', nickname: '黑旋风' } })
    await requestMembership(tx, { qunId, contactId: member.id, identifiedBy: 'nickname' })
  })
  type Row = { id: string; nickname: string; identifiedBy: string | null; state: string }
  const read = async (nickname: string): Promise<Row | undefined> =>
    (await test.asAdmin(members.GET, 'GET', { ids: { qunId } })).body.rows.find((row: Row) => row.nickname === nickname)
  const decide = async (nickname: string, body: object) =>
    test.asAdmin(decision.POST, 'POST', { ids: { qunId, membershipId: (await read(nickname))?.id ?? '' }, body })

  expect((await decide('黑旋风', { decision: 'yes' })).status).toBe(200)
  expect(await read('黑旋风')).toMatchObject({ identifiedBy: 'operator', state: 'known' })
  expect((await decide('黑旋风', { decision: 'yes' })).status).toBe(409)

  expect((await decide('宋公明', { decision: 'no' })).status).toBe(200)
  expect(await read('宋公明')).toMatchObject({ state: 'refused', isOwner: false })
  // The group waits for its owner's code, and the name does not claim it again.
  expect((await test.asAdmin(qun.GET, 'GET', { ids: { qunId } })).body.status).toBe('pending_owner')
  expect(await test.sql`select is_lookup_due from quns where id = ${qunId}`).toMatchObject([{ is_lookup_due: false }])

  expect((await decide('宋公明', { decision: 'remove' })).status).toBe(200)
  expect(await read('宋公明')).toBeUndefined()
  await test.sql`update memberships set state = 'joined' where qun_id = ${qunId}`
  expect((await decide('黑旋风', { decision: 'remove' })).status).toBe(409)
  expect((await decide('没有此人', { decision: 'yes' })).status).toBe(404)
})
