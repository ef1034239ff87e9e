import { describe, expect, it } from 'vitest'
import { findUnsafeStatements } from '@/scripts/migrations/find-unsafe-statements.mjs'

const releases = ['1.4.0']
const contractOf = (subject: string) => `-- contract: 1.4.0 stopped using ${subject}\n`

describe('findUnsafeStatements', () => {
  it.each([
    ['a renamed column', 'messages.a', 'ALTER TABLE "messages" RENAME COLUMN "a" TO "b";'],
    ['a renamed table', 'messages', 'ALTER TABLE "messages" RENAME TO "texts";'],
    ['a renamed value', 'message_state', `ALTER TYPE "message_state" RENAME VALUE 'a' TO 'b';`],
    ['a dropped column', 'messages.kind', 'ALTER TABLE "messages" DROP COLUMN "kind";'],
    ['a dropped column without COLUMN', 'messages.kind', 'alter table only public.messages drop if exists kind;'],
    ['a dropped table', 'messages', 'DROP TABLE "messages" CASCADE;'],
    ['a dropped function', 'text_bigrams', 'DROP FUNCTION "text_bigrams"(text);'],
    ['a changed type', 'messages.kind', 'ALTER TABLE "messages" ALTER COLUMN "kind" SET DATA TYPE integer;'],
    ['a changed type, short form', 'messages.kind', 'alter table messages alter kind type integer;'],
    ['a required column without default', 'messages.kind', 'ALTER TABLE "messages" ADD COLUMN "kind" text NOT NULL;'],
    ['a column that becomes required', 'messages.kind', 'ALTER TABLE "messages" ALTER COLUMN "kind" SET NOT NULL;'],
  ])('refuses %s, unless its mark names it and the release that stopped using it', (_what, subject, statement) => {
    const find = (sql: string) => findUnsafeStatements(sql, { releases })
    expect(find(statement)).toHaveLength(1)
    expect(find(`${contractOf(subject)}${statement}`)).toEqual([])
    expect(find(`-- contract: soon\n${statement}`)).toHaveLength(1)
    expect(find(`${contractOf(subject)}SELECT 1;--> statement-breakpoint\n${statement}`)).toHaveLength(1)
    expect(find(`${contractOf('messages.other')}${statement}`)[0]).toContain('not messages.other')
    expect(findUnsafeStatements(`${contractOf(subject)}${statement}`)[0]).toContain('no release of CHANGELOG.md')
  })

  it('refuses a statement that removes more than its mark names', () => {
    const statement = `${contractOf('messages.kind')}ALTER TABLE "messages" DROP COLUMN "kind", DROP COLUMN "content";`
    expect(findUnsafeStatements(statement, { releases })[0]).toContain('messages.kind, messages.content')
  })

  it.each([
    ['a new table with required columns', 'CREATE TABLE "a" ("id" text NOT NULL);'],
    ['a column that may be null', 'ALTER TABLE "messages" ADD COLUMN "kind" text;'],
    ['a required column with default', `ALTER TABLE "messages" ADD COLUMN "kind" text DEFAULT '' NOT NULL;`],
    ['a dropped default', 'ALTER TABLE "messages" ALTER COLUMN "kind" DROP DEFAULT;'],
    ['a dropped index', 'DROP INDEX "messages_age";'],
    ['a dropped constraint', 'ALTER TABLE "messages" DROP CONSTRAINT "x";'],
    ['words in a comment or a text', `-- drop table a\nUPDATE a SET b = 'drop table c; rename';`],
    ['a function body', 'CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$;'],
    ['an index of a small table', 'CREATE INDEX "a" ON "tokens" ("name");'],
    [
      'an index of a new table',
      'CREATE TABLE "media" ("id" text);--> statement-breakpoint\nCREATE INDEX "a" ON "media" ("id");',
    ],
  ])('accepts %s', (_what, statement) => {
    expect(findUnsafeStatements(statement)).toEqual([])
  })

  it('accepts an index of a large table only if it is built concurrently before the migration', () => {
    const build = (options: string) => `CREATE INDEX ${options}"a" ON "messages" USING btree ("kind");`
    const mark = '-- concurrently: a\n'
    expect(findUnsafeStatements(`${mark}${build('IF NOT EXISTS ')}`)).toEqual([])
    for (const refused of [build(''), build('IF NOT EXISTS '), `${mark}${build('')}`, build('CONCURRENTLY ')])
      expect(findUnsafeStatements(refused)).toHaveLength(1)
  })
})
