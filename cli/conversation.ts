import { Command } from 'commander'
import { readConversationFigures } from '@/lib/metrics/conversation-figures'
import type { MetricRange } from '@/lib/metrics/range'
import { readMetricRange, readTimeZone } from '@/cli/read-option'
import { requireApplication } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = {
  points: [
    'startsAt',
    'operatorCount',
    'modelCount',
    'callbackCount',
    'ruleCount',
    'requestCount',
    'typicalResponseMs',
  ],
}

/** `conversation figures`. Spec: F5 (API and command line). */
export function conversationCommand(): Command {
  const figures = new Command('figures')
    .description('show who handled conversations, and how long people waited for a person')
    .option('--application <id>', 'only conversations of this application')
    .option('--range <range>', 'by minute (1h), hour (24h) or day (7d)', readMetricRange, '24h')
    .option('--time-zone <name>', 'time zone that divides hours and days', readTimeZone, 'Asia/Shanghai')
  const conversation = new Command('conversation')
    .description('show the figures of conversations')
    .addCommand(withAction(figures, runFigures, columns))
  return withExamples(conversation, 'conversation figures --application app_… --range 7d --json')
}

const runFigures: Action<{ application?: string; range: MetricRange; timeZone: string }> = async (
  tx,
  { application: applicationId, ...range },
) => {
  if (applicationId !== undefined) await requireApplication(tx, applicationId)
  const { points, total } = await readConversationFigures(tx, { ...range, applicationId })
  return { ...total, points: points.map(({ startsAt, ...point }) => ({ startsAt: startsAt.toISOString(), ...point })) }
}
