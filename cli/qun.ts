import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { createTranslator } from 'use-intl/core'
import { renewJoinToken, updateQun } from '@/lib/actions/update-qun'
import { recordAudit } from '@/lib/audit/record-audit'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Db, Tx } from '@/lib/db/client'
import { loadEnvPart } from '@/lib/env'
import { loadMessages } from '@/lib/i18n/load-messages'
import { findQunOrThrow, getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { importQuns } from '@/lib/qun/import-quns'
import { listQuns } from '@/lib/qun/list-quns'
import { parseQunImport } from '@/lib/qun/parse-qun-import'
import { qunLink } from '@/lib/qun/qun-link'
import { shownName } from '@/lib/qun/qun-view'
import { requestQun } from '@/lib/qun/request-qun'
import { contractText } from '@/lib/sentence'
import { openSealer } from '@/cli/open-sealer'
import { qunMembers } from '@/cli/qun-members'
import {
  readBoolean,
  readExpiry,
  readGroupCode,
  readJoinTokenUses,
  readName,
  readPersonName,
  readQunName,
} from '@/cli/read-option'
import { withAction, withExamples, withLongAction } from '@/cli/run-command'

type Change = {
  qun: string
  closed?: boolean
  paused?: boolean
  name?: string
  renewToken?: boolean
  expiresAt?: Date
  maxUses?: number
}
type Import = { file: string; check?: boolean }
type PosterOptions = { qun: string; file: string }
type NewQun = { code: string; owner: string; assistant: string; name?: string }

const importColumns = { rows: ['line', 'owner', 'assistant', 'name', 'outcome'], problems: ['line', 'column', 'text'] }
const columns = { quns: ['id', 'name', 'status', 'ownerName', 'assistant', 'memberCount'] }

/** `qun list`, `create`, `import`, `update`, `members`, `decide`, `link-room` and `poster`. Spec: D4 (commands). */
export function qunCommand(): Command {
  const list = new Command('list').description('list merchant groups')
  const create = new Command('create')
    .description('request a merchant group, or return the existing one with this code')
    .requiredOption('--assistant <username>', 'username of the assistant', readName)
    .requiredOption('--owner <name>', 'WeChat nickname or remark of the owner', readPersonName)
    .requiredOption('--code <base64>', 'group code (群号代码)', readGroupCode)
    .option('--name <text>', 'name of the group; by default that of QUN_ROOM_NAME', readQunName)
  const load = new Command('import')
    .description('request the groups of a CSV file, all or none')
    .requiredOption('--file <csv>', 'titles owner, assistant, code and optionally name; one group per line; UTF-8')
    .option('--check', 'only check the file')
  const update = new Command('update')
    .description('rename, pause, close or reopen a merchant group, or rotate its join token')
    .requiredOption('--qun <id>', 'id, number or link of the group')
    .option('--closed <true|false>', 'true: accept no new members', readBoolean)
    .option('--paused <true|false>', 'true: people who ask to join wait', readBoolean)
    .option('--name <text>', 'new name of the group', readQunName)
    .option('--renew-token', 'rotate the join token')
    .option('--expires-at <time>', 'with --renew-token: when the new token expires; by default never', readExpiry)
    .option('--max-uses <n>', 'with --renew-token: maximum number of people; by default no limit', readJoinTokenUses)
  const poster = new Command('poster')
    .description('write the poster of a merchant group as a PNG')
    .requiredOption('--qun <id>', 'id, number or link of the group')
    .requiredOption('--file <png>', 'file to write')
  const qun = new Command('qun')
    .description('manage merchant groups')
    .addCommand(
      withAction(
        list,
        async (tx) => ({
          quns: (await listQuns(tx)).map(({ id, name, status, ownerName, assistantUsername, memberCount }) => {
            return { id, name, status, ownerName, assistant: assistantUsername, memberCount }
          }),
        }),
        columns,
      ),
    )
    .addCommand(withAction<NewQun>(create, runCreate))
    .addCommand(withLongAction<Import>(load, runImport, importColumns))
    .addCommand(withLongAction<PosterOptions>(poster, writePoster))
    .addCommand(withAction<Change>(update, runUpdate))
  for (const command of qunMembers()) qun.addCommand(command)
  return withExamples(
    qun,
    'qun list',
    'qun create --assistant weimi1001 --owner 宋公明 --code MEU3RDZEOEZCNkMzfDg4ODg=',
    'qun update --qun https://wxbot.example.com/weiqun/MTAwMTEx --renew-token --max-uses 100',
    'qun members --qun qun_… --state known',
  )
}

/** Writes the poster that the join page offers, with its texts in Chinese. */
async function writePoster(db: Db, { qun: reference, file }: PosterOptions) {
  const { PUBLIC_URL: publicUrl } = loadEnvPart('PUBLIC_URL')
  const qun = await findQunOrThrow(db, { reference })
  const { drawPoster } = await import('@/lib/qun/draw-poster')
  const t = createTranslator({ locale: 'zh-CN', messages: loadMessages('zh-CN'), namespace: 'joinPage' })
  const { url } = qunLink({ publicUrl, sealer: openSealer() }, qun)
  const texts = { shopLine: t('about', { owner: qun.ownerName }), scanLine: t('posterScan') }
  await writeFile(file, await drawPoster({ name: shownName(qun), ...texts, url }))
  return { qunId: qun.id, file }
}

/** Changes a group, and returns its status and current join token. */
async function runUpdate(tx: Tx, options: Change) {
  const { qun: reference, closed: isClosed, paused: isPaused, name, renewToken, expiresAt, maxUses } = options
  if (!renewToken && (expiresAt !== undefined || maxUses !== undefined))
    throw new Error('--expires-at and --max-uses need --renew-token: they limit the new token.')
  const { id: qunId } = await findQunOrThrow(tx, { reference })
  const who = { actor: 'cli' }
  await updateQun(tx, { who }, { qunId, change: { name, isPaused, isClosed } })
  if (renewToken) await renewJoinToken(tx, { who }, { qunId, expiresAt: expiresAt ?? null, maxUses: maxUses ?? null })
  const { status } = await getQunOrThrow(tx, { qunId })
  const joinToken = await getJoinToken(tx, { qunId })
  return {
    qunId,
    status,
    token: encodeJoinToken(joinToken?.token ?? ''),
    expiresAt: joinToken?.expiresAt ?? null,
    maxUses: joinToken?.maxUses ?? null,
  }
}

/** Requests a group; its assistant makes it when it can. */
async function runCreate(tx: Tx, { code, owner, assistant, name }: NewQun) {
  const { PUBLIC_URL, QUN_ROOM_NAME: nameTemplate } = loadEnvPart('PUBLIC_URL', 'QUN_ROOM_NAME')
  const sealer = openSealer()
  const qun = await requestQun(tx, { code, owner, assistant, name, nameTemplate, sealer })
  wakeRobotAfterCommit(tx, qun.robotId)
  if (qun.isNew)
    await recordAudit(tx, { actor: 'cli', action: 'qun.create', targetId: qun.id, detail: { owner, assistant } })
  const { status } = await getQunOrThrow(tx, { qunId: qun.id })
  const links = qunLink({ publicUrl: PUBLIC_URL, sealer }, qun)
  return { qunId: qun.id, status, isNew: qun.isNew, url: links.url, ownerUrl: links.owner_url }
}

/** Requests the groups of a file. A file with problems exits with 1. */
async function runImport(db: Db, { file, check: isPreview = false }: Import) {
  const { QUN_ROOM_NAME: nameTemplate } = loadEnvPart('QUN_ROOM_NAME')
  const outcome = await importQuns(db, {
    checked: parseQunImport(await readFile(file, 'utf8')),
    isPreview,
    nameTemplate,
    sealer: openSealer(),
    record: (tx, { qunId, ...detail }) =>
      recordAudit(tx, { actor: 'cli', action: 'qun.create', targetId: qunId, detail }),
  })
  if (outcome.problems.length > 0) process.exitCode = 1
  const problems = outcome.problems.map(({ line, column, sentence }) => ({
    line,
    column,
    text: contractText(sentence),
  }))
  return { ...outcome, problems }
}
