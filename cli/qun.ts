import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { setQunClosed } from '@/lib/membership/change-qun'
import { findQunOrThrow, getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken, issueJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { listQuns } from '@/lib/qun/list-quns'
import { readBoolean } from './read-option'
import { actOn } from './run-command'

type Change = { qun: string; closed?: boolean; renewToken?: boolean }

/** `qun list` and `qun update`. Spec: decisions D. */
export function qunCommand(): Command {
  const list = new Command('list')
  const update = new Command('update')
    .requiredOption('--qun <id>', 'which one: its id, its number or its link')
    .option('--closed <true|false>', 'let nobody in any more', readBoolean)
    .option('--renew-token', 'a new join token in place of the old one')
  return new Command('qun')
    .description("merchants' groups")
    .addCommand(
      actOn(list, async (tx) => ({
        quns: (await listQuns(tx)).map(({ id, name, status, ownerName, assistantUsername, memberCount }) => {
          return { id, name, status, ownerName, assistant: assistantUsername, memberCount }
        }),
      })),
    )
    .addCommand(
      actOn<Change>(update, async (tx, { qun: named, closed: isClosed, renewToken }) => {
        const { id: qunId } = await findQunOrThrow(tx, { named })
        if (isClosed !== undefined) await setQunClosed(tx, { qunId, isClosed })
        if (renewToken) await issueJoinToken(tx, { qunId })
        const detail = { isClosed, renewToken }
        await recordAudit(tx, { actor: 'cli', action: 'qun.update', targetId: qunId, detail })
        const { status } = await getQunOrThrow(tx, { qunId })
        return { qunId, status, token: encodeJoinToken((await getJoinToken(tx, { qunId }))?.token ?? '') }
      }),
    )
}
