import { beforeAll, expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { listAudit } from '@/lib/audit/list-audit'
import { requestMembership } from '@/lib/membership/request-membership'
import { upsertContact } from '@/lib/membership/upsert-contact'
import { createQun } from '@/lib/qun/create-qun'
import { createSealer } from '@/lib/secret'
import { givenRobot, givenRoom } from '@/lib/testing/factories'

const cli = useCli()
const sealer = createSealer([{ id: 'k1', key: Buffer.from('0123456789abcdef0123456789ABCDEF') }])
const run = (command: string) => cli.run([...command.split(' '), '--json'])

/** Each command is a process of its own. */
const manyCommands = { timeout: 240_000 }

let robotId: string
let qunId: string
beforeAll(async () => {
  robotId = await givenRobot(cli.db, { username: 'weimi1001', isAssistant: true })
  const draft = { robotId, groupCode: 'shop|1', ownerName: '宋公明', nameTemplate: '{owner} {number}', sealer }
  qunId = (await cli.db.transaction((tx) => createQun(tx, draft))).id
  await cli.db.transaction(async (tx) => {
    for (const [index, nickname] of ['黑旋风', '花和尚', '九纹龙'].entries()) {
      const contact = await upsertContact(tx, { robotId, person: { username: `@${index}`, nickname } })
      await requestMembership(tx, { qunId, contactId: contact.id, identifiedBy: 'nickname' })
    }
  })
})
type Members = { members: { id: string; nickname: string }[]; nextCursor: string | null }
const list = async (options = '') => (await run(`qun members --qun ${qunId}${options}`)).json() as Members

it('D4: lists the people of a group page by page, and filters them', manyCommands, async () => {
  const first = await list(' --limit 2')
  const second = await list(` --limit 2 --cursor ${first.nextCursor}`)
  expect(second.nextCursor).toBeNull()
  const names = [...first.members, ...second.members].map(({ nickname }) => nickname)
  expect(names.toSorted()).toEqual(['黑旋风', '花和尚', '九纹龙'].toSorted())
  expect((await list(' --search 和尚')).members).toMatchObject([
    { nickname: '花和尚', state: 'known', identifiedBy: 'nickname', isOwner: false, failure: '' },
  ])
  expect((await list(' --state joined')).members).toEqual([])
  expect(await run(`qun members --qun ${qunId} --cursor x`)).toMatchObject({ code: 1, stdout: '' })
})

it('B4: decides about a person by id, records the actor, and refuses an unknown person', manyCommands, async () => {
  const { members } = await list(' --search 黑旋风')
  const decide = (decision: string, member = members[0]?.id) =>
    run(`qun decide --qun ${qunId} --member ${member} --decision ${decision}`)
  expect((await decide('yes')).json()).toMatchObject({ decision: 'yes', member: { identifiedBy: 'operator' } })
  expect((await listAudit(cli.db, { offset: 0, limit: 1 })).rows).toMatchObject([
    { actor: 'cli', action: 'qun.member', targetId: qunId, detail: { decision: 'yes' } },
  ])
  expect(await decide('yes')).toMatchObject({ code: 1, stdout: '' })
  expect((await decide('remove')).json()).toEqual({ qunId, decision: 'remove', member: null })
  expect(await decide('no')).toMatchObject({ code: 1, stdout: '' })
  expect(await decide('maybe')).toMatchObject({ code: 1, stdout: '' })
})

it('B7: limits the new join token, and refuses limits without a new one', manyCommands, async () => {
  const update = (options: string) => run(`qun update --qun ${qunId} ${options}`)
  const limits = '--expires-at 2099-12-31T00:00:00Z --max-uses 5'
  expect((await update(`--renew-token ${limits}`)).json()).toMatchObject({
    expiresAt: '2099-12-31T00:00:00.000Z',
    maxUses: 5,
  })
  expect(await update('--max-uses 5')).toMatchObject({ code: 1, stderr: expect.stringContaining('--renew-token') })
  expect(await update('--renew-token --max-uses 0')).toMatchObject({ code: 1, stdout: '' })
  expect(await update('--renew-token --expires-at 2001-01-01')).toMatchObject({ code: 1, stdout: '' })
  expect((await update('--renew-token')).json()).toMatchObject({ expiresAt: null, maxUses: null })
})

it('B4: links a pending group to a room of its assistant, which can then be paused', manyCommands, async () => {
  const roomId = await givenRoom(cli.db, { robotId, name: '老顾客', username: '@@1' })
  const link = (room: string) => run(`qun link-room --qun ${qunId} --room ${room}`)
  expect(await link('room_none')).toMatchObject({ code: 1, stdout: '' })
  expect((await link(roomId)).json()).toEqual({ qunId, status: 'open', roomId, name: '老顾客' })
  expect(await link(roomId)).toMatchObject({ code: 1, stdout: '' })
  expect((await run(`qun update --qun ${qunId} --paused true`)).json()).toMatchObject({ status: 'paused' })
})
