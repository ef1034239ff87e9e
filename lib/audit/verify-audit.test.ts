import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { recordAudit } from '@/lib/audit/record-audit'
import { verifyAudit } from '@/lib/audit/verify-audit'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

/** Changes the table as only the database owner can; only the chain reveals it. */
const tamper = (statement: string) =>
  database.sql.unsafe(
    `alter table audit_entries disable trigger all; ${statement}; alter table audit_entries enable trigger all;
      alter table audit_entries enable always trigger audit_entries_keep;
      alter table audit_entries enable always trigger audit_entries_keep_all`,
  )
const record = (targetId: string, detail: Record<string, unknown> = {}) =>
  recordAudit(database.db, { actor: 'cli', action: 'robot.update', targetId, detail, peerAddress: '::1' })
const verify = (knownHead?: string) => verifyAudit(database.db, { knownHead })

beforeEach(async () => {
  await tamper('delete from audit_entries')
  for (const name of ['a', 'b', 'c'])
    await record(name, { name: { from: '群 "a"\n', to: name }, count: 1.5, none: null })
})

describe('the audit chain', () => {
  it('the audit chain is complete, and each hash includes the previous one', async () => {
    const [, second, third] =
      await database.sql`select *, jsonb_build_object('sequence', sequence, 'id', id, 'actor', actor,
      'action', action, 'targetId', target_id, 'detail', detail, 'peerAddress', peer_address, 'at',
      to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text as content from audit_entries order by sequence`
    const hash = createHash('sha256').update(`${second?.['hash']}\n${third?.['content']}`).digest('hex')
    expect(third).toMatchObject({ sequence: '3', hash })
    expect(await verify()).toEqual({ count: 3, head: hash, broken: null })
  })

  it('the audit chain has no fork and no gap after concurrent entries and rollbacks', async () => {
    const all = Array.from({ length: 40 }, (_, number) =>
      database.db
        .transaction(async (tx) => {
          for (const part of ['x', 'y'])
            await recordAudit(tx, { actor: 'cli', action: 'robot.update', targetId: `${part}${number}` })
          if (number % 4 === 0) throw new Error('rolled back')
        })
        .catch(() => {}),
    )
    await Promise.all(all)
    expect(await verify()).toMatchObject({ count: 3 + 60, broken: null })
  })

  it('the audit chain is valid for every time zone of a session', async () => {
    await database.sql.begin(async (tx) => {
      await tx.unsafe(`set local time zone 'Asia/Shanghai'; set local datestyle = 'German'`)
      await tx`insert into audit_entries (actor, action, target_id) values ('cli', 'robot.update', 'd')`
    })
    expect(await verify()).toMatchObject({ count: 4, broken: null })
  })
})

describe('verifyAudit returns the first broken entry:', () => {
  it.each([
    ['changed content', `update audit_entries set detail = '{}' where sequence = 2`, 1, 2],
    ['a changed time', `update audit_entries set at = at - interval '1 s' where sequence = 2`, 1, 2],
    ['a changed actor', `update audit_entries set actor = 'token:x' where sequence = 3`, 2, 3],
    ['a removed entry', 'delete from audit_entries where sequence = 2', 1, 3],
    ['a removed first entry', 'delete from audit_entries where sequence = 1', 0, 2],
    [
      'two swapped entries',
      'update audit_entries set sequence = -sequence; update audit_entries set sequence = case sequence when -2 then 3 when -3 then 2 else 1 end',
      1,
      2,
    ],
    ['an entry without a hash', 'update audit_entries set hash = null where sequence = 3', 2, 3],
  ])('%s', async (_case, statement, count, sequence) => {
    await tamper(statement)
    expect(await verify()).toMatchObject({
      count,
      broken: { sequence, id: expect.any(Number), at: expect.any(String) },
    })
  })

  it('an entry inserted without the chain', async () => {
    await tamper(`insert into audit_entries (actor, action, target_id) values ('cli', 'robot.update', 'x')`)
    expect(await verify()).toMatchObject({ count: 3, broken: { sequence: 4 } })
  })

  it('a removed end, with a known head', async () => {
    const { head } = await verify()
    await record('d')
    expect(await verify(head)).toMatchObject({ count: 4, broken: null })
    await tamper('delete from audit_entries where sequence >= 3')
    expect(await verify()).toMatchObject({ count: 2, broken: null })
    expect(await verify(head)).toMatchObject({ count: 2, broken: { sequence: 3 } })
  })
})

describe('the database refuses', () => {
  it.each([
    `update audit_entries set target_id = 'x'`,
    'update audit_entries set hash = hash',
    'delete from audit_entries',
    'truncate audit_entries',
  ])('%s', async (statement) => {
    await expect(database.sql.unsafe(statement)).rejects.toThrow('audit entries are never changed or removed')
    await expect(
      database.sql.begin((tx) => tx.unsafe(`set local session_replication_role = 'replica'; ${statement}`)),
    ).rejects.toThrow('audit entries are never changed or removed')
    expect(await verify()).toMatchObject({ count: 3, broken: null })
  })

  it('a sequence supplied by the client', async () => {
    await database.sql`insert into audit_entries (actor, action, target_id, sequence, hash) values ('cli', 'a', 'b', 99, 'x')`
    expect(await verify()).toMatchObject({ count: 4, broken: null })
  })

  it('a change in the same transaction', async () => {
    const change = database.sql.begin(async (tx) => {
      await tx`insert into audit_entries (actor, action, target_id) values ('cli', 'robot.update', 'd')`
      await tx`update audit_entries set sequence = 4, hash = 'x' where target_id = 'd'`
    })
    await expect(change).rejects.toThrow('audit entries are never changed or removed')
  })
})
