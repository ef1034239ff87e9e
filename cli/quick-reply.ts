import { Command } from 'commander'
import { recordAudit } from '@/lib/audit/record-audit'
import { createQuickReply, listQuickReplies, removeQuickReply } from '@/lib/quick-reply/quick-replies'
import { quickReplyFields } from '@/lib/quick-reply/quick-reply-fields'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = { quickReplies: ['id', 'shortcut', 'text'] }

/** `quick-reply list`, `add` and `remove`. Spec: F5 (API and command line). */
export function quickReplyCommand(): Command {
  const of = (name: string, description: string) =>
    new Command(name).description(description).requiredOption('--application <id>', 'application id')
  const add = of('add', 'add a quick reply')
    .requiredOption('--shortcut <text>', 'shortcut that operators type after /')
    .requiredOption('--text <text>', 'text; {name}, {group} and {robot} are replaced')
  const remove = of('remove', 'remove a quick reply').requiredOption('--quick-reply <id>', 'quick reply id')
  const quickReply = new Command('quick-reply')
    .description('manage the texts that operators insert into replies')
    .addCommand(withAction(of('list', 'list quick replies by their shortcuts'), runList, columns))
    .addCommand(withAction(add, runAdd))
    .addCommand(withAction(remove, runRemove))
  return withExamples(
    quickReply,
    'quick-reply list --application app_…',
    'quick-reply add --application app_… --shortcut 退货 --text "{name}，您好，七天内可以退货。"',
  )
}

type OfApplication = { application: string }

const runList: Action<OfApplication> = async (tx, { application: applicationId }) => {
  await requireApplication(tx, applicationId)
  const rows = await listQuickReplies(tx, { applicationId })
  return { quickReplies: rows.map(({ id, shortcut, text }) => ({ id, shortcut, text })) }
}

const runAdd: Action<OfApplication & { shortcut: string; text: string }> = async (
  tx,
  { application: applicationId, shortcut, text },
) => {
  await requireApplication(tx, applicationId)
  const parsed = quickReplyFields.safeParse({ shortcut, text })
  if (!parsed.success)
    throw new Error(`--${String(parsed.error.issues[0]?.path[0])} is not valid. See quick-reply add --help.`)
  const { id } = await createQuickReply(tx, { applicationId, ...parsed.data })
  const detail = { applicationId, ...parsed.data }
  await recordAudit(tx, { actor: 'cli', action: 'quick_reply.create', targetId: id, detail })
  return { quickReplyId: id }
}

const runRemove: Action<OfApplication & { quickReply: string }> = async (
  tx,
  { application: applicationId, quickReply: quickReplyId },
) => {
  const { shortcut } = await removeQuickReply(tx, { applicationId, quickReplyId })
  const detail = { applicationId, shortcut }
  await recordAudit(tx, { actor: 'cli', action: 'quick_reply.delete', targetId: quickReplyId, detail })
  return { quickReplyId }
}
