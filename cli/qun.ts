import { Command } from 'commander'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import { setQunClosed } from '@/lib/membership/change-qun'
import { findQunOrThrow, getQunOrThrow } from '@/lib/qun/get-qun'
import { getJoinToken, issueJoinToken } from '@/lib/qun/join-token'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { listQuns } from '@/lib/qun/list-quns'
import { readBoolean } from '@/cli/read-option'
import { withAction, withExamples } from '@/cli/run-command'

type Change = { qun: string; closed?: boolean; renewToken?: boolean }

const columns = { quns: ['id', 'name', 'status', 'ownerName', 'assistant', 'memberCount'] }

/** `qun list` and `qun update`. Spec: D4 (commands). */
export function qunCommand(): Command {
  const list = new Command('list').description('list merchant groups')
  const update = new Command('update')
    .description('close or reopen a merchant group, or rotate its join token')
    .requiredOption('--qun <id>', 'id, number or link of the group')
    .option('--closed <true|false>', 'true: accept no new members', readBoolean)
    .option('--renew-token', 'rotate the join token')
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
    .addCommand(
      withAction<Change>(update, async (tx, { qun: reference, closed: isClosed, renewToken }) => {
        const { id: qunId, closedAt } = await findQunOrThrow(tx, { reference })
        if (isClosed !== undefined) await setQunClosed(tx, { qunId, isClosed })
        if (renewToken) await issueJoinToken(tx, { qunId })
        const change = { before: { isClosed: closedAt !== null }, after: { isClosed } }
        await recordChange(tx, { actor: 'cli', action: 'qun.update', targetId: qunId, ...change })
        if (renewToken) await recordAudit(tx, { actor: 'cli', action: 'qun.token', targetId: qunId })
        const { status } = await getQunOrThrow(tx, { qunId })
        return { qunId, status, token: encodeJoinToken((await getJoinToken(tx, { qunId }))?.token ?? '') }
      }),
    )
  return withExamples(qun, 'qun list', 'qun update --qun https://wxbot.example.com/weiqun/MTAwMTEx --renew-token')
}
