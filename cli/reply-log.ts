import { Command, Option } from 'commander'
import { type ReplyOutcome, replyOutcomes } from '@/lib/db/types'
import { listDecisions } from '@/lib/reply/list-decisions'
import { getRuleOrThrow } from '@/lib/rule/change-rules'
import { readLimit } from '@/cli/read-option'
import { requireApplication, requireRobot } from '@/cli/resolve'
import { type Action, withAction } from '@/cli/run-command'

const columns = { decisions: ['createdAt', 'personName', 'text', 'outcome', 'source', 'silence', 'ruleName', 'reply'] }

/** `reply log`: what replied to each event, or why nothing did. Spec: F5 (API and command line). */
export function replyLogCommand(): Command {
  const log = new Command('log')
    .description('show what replied to each message, or why nothing did, latest first')
    .requiredOption('--application <id>', 'application id')
    .option('--robot <id>', 'only events of this robot')
    .option('--rule <id>', 'only events to which this rule replied')
    .addOption(new Option('--outcome <outcome>', 'only events with this outcome').choices(replyOutcomes))
    .option('--limit <n>', 'maximum number of events', readLimit, 50)
  return withAction(log, runLog, columns)
}

type Log = { application: string; robot?: string; rule?: string; outcome?: ReplyOutcome; limit: number }

const runLog: Action<Log> = async (
  tx,
  { application: applicationId, robot: robotId, rule: ruleId, outcome, limit },
) => {
  await requireApplication(tx, applicationId)
  if (robotId !== undefined) await requireRobot(tx, robotId)
  if (ruleId !== undefined) await getRuleOrThrow(tx, { applicationId, ruleId })
  const { rows } = await listDecisions(tx, { applicationId, robotId, ruleId, outcome, limit })
  return {
    decisions: rows.map((row) => ({
      id: row.id,
      createdAt: row.createdAt.toISOString(),
      robotId: row.robotId,
      roomId: row.roomId,
      personName: row.personName,
      messageId: row.messageId,
      text: row.messageExcerpt ?? '',
      outcome: row.outcome,
      source: row.source,
      silence: row.silence,
      ruleId: row.ruleId,
      ruleName: row.ruleName ?? row.replyReason?.ruleName ?? null,
      replyId: row.replyId,
      reply: row.replyExcerpt ?? '',
      articles: (row.replyReason?.articles ?? []).map(({ title }) => title),
      failure: row.failure,
    })),
  }
}
