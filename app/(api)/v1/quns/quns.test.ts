import { describe, expect, it } from 'vitest'
import { issueToken } from '@/lib/application/issue-token'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { useQunsApi } from '@/lib/testing/use-quns-api'
import * as imports from '@/app/(api)/v1/quns/import/route'
import * as quns from '@/app/(api)/v1/quns/route'

const test = useQunsApi()
const { state, get, post, codeOf, audited, countQuns } = test
const create = (body: object = {}, options: { as?: string } = {}) =>
  post(quns, { assistant: state.assistant, owner: '宋公明', ...body }, options)

describe('creating a group', () => {
  it('B9: the creation of a group is idempotent by its code, and recorded with the token', async () => {
    const { assistant } = state
    const first = await create({ code: codeOf('a'), name: '春日茶友会' })
    expect(first.data).toMatchObject({
      created: true,
      code: codeOf('a'),
      owner_url: expect.stringContaining('?key='),
      qun: { name: '春日茶友会', status: 'pending_owner', assistant, owner: '宋公明', next_step: 'log_in' },
    })
    const again = await create({ code: codeOf('a') })
    expect(again.data).toMatchObject({ created: false, qun: { id: first.data.qun.id } })
    expect(await create({ code: codeOf('a'), owner: '吴用' })).toMatchObject({ status: 409, retCode: -1006 })
    expect(await audited(first.data.qun.id)).toMatchObject([
      { actor: expect.stringMatching(/^token:/), action: 'qun.create', detail: { owner: '宋公明', assistant } },
    ])
  })

  it('B9: generates a code that is not given, so each request is a group of its own', async () => {
    const [first, second] = [await create(), await create()]
    expect(Buffer.from(first.data.code, 'base64').toString()).toMatch(/^[2-9A-Z]{20}$/)
    expect(second.data.created).toBe(true)
    expect(second.data.code).not.toBe(first.data.code)
  })

  it('B9: returns code and owner’s link of a group whose room WeChat refused', async () => {
    await givenSession(test.db, { robotId: state.robotId })
    const worker = test.startFakeWorker({ command: () => ({ code: 'WECHAT_REFUSED', message: '微信拒绝了请求' }) })
    const { status, data } = await create()
    await worker.close()
    expect(status).toBe(200)
    expect(data).toMatchObject({ created: true, code: expect.any(String), owner_url: expect.stringContaining('?key=') })
    expect(data.qun).toMatchObject({ status: 'pending_owner', next_step: 'send_owner_link' })
  })

  it.each([
    ['code', '/w=='],
    ['owner', ' '],
    ['name', '长'.repeat(33)],
    ['assistant', ''],
  ])('A5: names an invalid %s', async (name, value) => {
    const refused = await create({ [name]: value })
    expect(refused).toMatchObject({ status: 400, retCode: -1005, errorMsg: expect.stringContaining(`参数 ${name} `) })
    expect(await countQuns()).toBe(0)
  })

  it('A4: takes no assistant of another application, or that the token is not for', async () => {
    const { applicationId, assistant, otherToken } = state
    const other = await givenRobot(test.db, { applicationId, username: `${assistant}_b` })
    const limited = await issueToken(test.db, { applicationId, name: 'one', robotIds: [other] })
    const unknown = await create({ assistant: 'nobody' })
    expect(unknown).toMatchObject({ status: 404, retCode: -1005 })
    for (const as of [otherToken, limited.token])
      expect(await create({}, { as })).toMatchObject({ status: 404, errorMsg: unknown.errorMsg })
    expect(await countQuns()).toBe(0)
  })
})

describe('listing groups', () => {
  it('A4: the list of groups has each group of the application once, page by page, and none of another application', async () => {
    const { applicationId, otherToken, robotId, token } = state
    const ids = []
    for (const code of ['a', 'b', 'c']) ids.push((await create({ code: codeOf(code) })).data.qun.id)
    const list = async (query: object, as = token) => (await get(quns, query, { as })).data
    const first = await list({ robot_id: robotId, limit: 2 })
    const second = await list({ robot_id: robotId, limit: 2, cursor: first.next_cursor })
    expect(second.next_cursor).toBeNull()
    expect([...first.quns, ...second.quns].map(({ id }) => id)).toEqual(ids.toSorted())
    expect((await list({}, otherToken)).quns).toEqual([])
    expect(await get(quns, { robot_id: robotId }, { as: otherToken })).toMatchObject({ status: 404 })
    const limited = await issueToken(test.db, { applicationId, name: 'one', robotIds: [robotId] })
    expect((await list({}, limited.token)).quns).toHaveLength(3)
  })

  it('B9: filters by status and text', async () => {
    const { assistant, robotId } = state
    const { id, number } = (await create({ owner: '及时雨' })).data.qun
    await create({ owner: '智多星' })
    const ids = async (query: object) =>
      (await get(quns, { robot_id: robotId, ...query })).data.quns.map((row) => row.id)
    expect(await ids({ q: '及时' })).toEqual([id])
    expect(await ids({ q: number })).toEqual([id])
    expect(await ids({ q: assistant, status: 'pending_owner' })).toHaveLength(2)
    expect(await ids({ status: 'open' })).toEqual([])
  })

  it.each([
    ['status', 'none'],
    ['cursor', 'x'],
    ['limit', '101'],
  ])('A5: names an invalid %s', async (name, value) => {
    expect(await get(quns, { [name]: value })).toMatchObject({ status: 400, errorMsg: expect.stringContaining(name) })
  })
})

describe('importing groups', () => {
  const row = (code: string, more: object = {}) => {
    const { assistant } = state
    return { assistant, owner: '宋公明', code: codeOf(code), ...more }
  }

  it('B9: creates all groups once; a dry run creates none', async () => {
    const rows = [row('a', { name: '春日茶友会' }), row('b', { owner: '宋公明, 及时雨' })]
    const preview = await post(imports, { rows, dry_run: true })
    const created = [0, 1].map((index) => ({ index, created: true }))
    expect(preview.data).toEqual({ imported: false, rows: created, problems: [] })
    expect(await countQuns()).toBe(0)
    expect((await post(imports, { rows })).data).toEqual({ imported: true, rows: created, problems: [] })
    expect(await countQuns()).toBe(2)
    const again = await post(imports, { rows })
    expect(again.data.rows).toEqual([0, 1].map((index) => ({ index, created: false })))
    expect(await countQuns()).toBe(2)
  })

  it('B9: creates nothing if a row has a problem, and names row and value of each', async () => {
    const { assistant } = state
    await givenRobot(test.db, { username: `${assistant}_foreign`, isAssistant: true })
    const rows = [
      row('a'),
      row('b', { owner: ' ' }),
      row('c', { assistant: `${assistant}_foreign` }),
      row('d', { code: '/w==' }),
      row('e', { name: '长'.repeat(33) }),
      row('a', { owner: '宋江' }),
    ]
    const { data } = await post(imports, { rows })
    expect(data).toMatchObject({ imported: false, rows: [{ index: 0 }] })
    expect(data.problems).toEqual([
      { index: 1, parameter: 'owner', error_msg: '不能为空' },
      { index: 2, parameter: 'assistant', error_msg: '助手不存在，或没有设为群助手' },
      { index: 3, parameter: 'code', error_msg: expect.any(String) },
      { index: 4, parameter: 'name', error_msg: '不能超过 32 个字符' },
      { index: 5, parameter: 'code', error_msg: '群号代码已用于其他群主或助手' },
    ])
    expect(await countQuns()).toBe(0)
  })

  it.each([
    ['no row', [], '参数 rows 要有 1 到 500 行'],
    [
      'too many rows',
      Array.from({ length: 501 }, () => ({ assistant: 'a', owner: 'b', code: 'c' })),
      '参数 rows 要有 1 到 500 行',
    ],
    ['a row without a code', [{ assistant: 'a', owner: 'b' }], '参数 rows.0.code 缺失'],
    ['a value that is not a text', [{ assistant: 'a', owner: 5, code: 'c' }], '参数 rows.0.owner 类型不对，应为字符串'],
  ])('A5: refuses a request with %s as a whole', async (_case, rows, errorMsg) => {
    expect(await post(imports, { rows })).toMatchObject({ status: 400, retCode: -1005, errorMsg })
  })
})
