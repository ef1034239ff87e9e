import { Command, Option } from 'commander'
import { listConversationMessages } from '@/lib/conversation/list-conversation-messages'
import {
  type ConversationRow,
  type ConversationView,
  conversationViews,
  getConversationOrThrow,
  listConversations,
} from '@/lib/conversation/list-conversations'
import { readConversationFigures } from '@/lib/metrics/conversation-figures'
import type { MetricRange } from '@/lib/metrics/range'
import { conversationChanges } from '@/cli/conversation-changes'
import { readLimit, readMetricRange, readTimeZone } from '@/cli/read-option'
import { requireApplication, requireRobot } from '@/cli/resolve'
import { type Action, withAction, withExamples } from '@/cli/run-command'

const columns = {
  conversations: ['id', 'nickname', 'state', 'operator', 'unread', 'lastMessageAt', 'lastText'],
  messages: ['createdAt', 'direction', 'nickname', 'type', 'state', 'content', 'source'],
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

const views = conversationViews.filter((view) => view !== 'mine')

/** `conversation list`, `show`, `figures`, and those of `conversationChanges`. Spec: F5 (API and command line). */
export function conversationCommand(): Command {
  const list = new Command('list')
    .description('list conversations, latest first; those that wait for a person by the longest wait')
    .option('--application <id>', 'only conversations of this application')
    .option('--robot <id>', 'only conversations of this robot')
    .addOption(new Option('--view <view>', 'which conversations').choices(views).default('open'))
    .option('--search <text>', 'part of the name or of a message')
    .option('--limit <n>', 'maximum number of conversations', readLimit, 50)
  const show = new Command('show')
    .description('show a conversation with its latest messages')
    .requiredOption('--conversation <id>', 'conversation id')
    .option('--limit <n>', 'maximum number of messages', readLimit, 20)
  const figures = new Command('figures')
    .description('show who handled conversations, and how long people waited for a person')
    .option('--application <id>', 'only conversations of this application')
    .option('--range <range>', 'by minute (1h), hour (24h) or day (7d)', readMetricRange, '24h')
    .option('--time-zone <name>', 'time zone that divides hours and days', readTimeZone, 'Asia/Shanghai')
  const conversation = new Command('conversation')
    .description('read, assign, reply to and resolve conversations; show their figures')
    .addCommand(withAction(list, runList, columns))
    .addCommand(withAction(show, runShow, columns))
    .addCommand(withAction(figures, runFigures, columns))
  for (const command of conversationChanges()) conversation.addCommand(command)
  return withExamples(
    conversation,
    'conversation list --view waiting',
    'conversation assign --conversation cnv_… --operator kefu@shop.example',
    'conversation reply --conversation cnv_… --text 已为您办理',
    'conversation figures --application app_… --range 7d --json',
  )
}

type List = { application?: string; robot?: string; view: ConversationView; search?: string; limit: number }

const runList: Action<List> = async (tx, { application: applicationId, robot: robotId, view, search, limit }) => {
  if (applicationId !== undefined) await requireApplication(tx, applicationId)
  if (robotId !== undefined) await requireRobot(tx, robotId)
  const { rows } = await listConversations(tx, { applicationId, robotId, view, search: search?.trim(), limit })
  return { conversations: rows.map(summaryOf) }
}

const runShow: Action<{ conversation: string; limit: number }> = async (
  tx,
  { conversation: conversationId, limit },
) => {
  const row = await getConversationOrThrow(tx, { conversationId })
  const messages = await listConversationMessages(tx, row, { limit })
  return {
    conversation: summaryOf(row),
    messages: messages.toReversed().map((message) => ({
      id: message.id,
      createdAt: message.createdAt.toISOString(),
      direction: message.direction,
      nickname: message.senderName,
      type: message.type,
      state: message.state,
      content: message.content,
      source: message.replySource,
    })),
  }
}

function summaryOf(row: ConversationRow) {
  return {
    id: row.id,
    robotId: row.robotId,
    roomId: row.roomId,
    toUser: row.roomId ?? row.peerUsername ?? '',
    nickname: row.roomName ?? row.name,
    state: row.state,
    operator: row.assigneeEmail,
    unread: row.unreadCount,
    waitingSince: row.waitingSince?.toISOString() ?? null,
    handoverReason: row.handoverReason,
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastText: row.lastExcerpt,
  }
}

const runFigures: Action<{ application?: string; range: MetricRange; timeZone: string }> = async (
  tx,
  { application: applicationId, ...range },
) => {
  if (applicationId !== undefined) await requireApplication(tx, applicationId)
  const { points, total } = await readConversationFigures(tx, { ...range, applicationId })
  return { ...total, points: points.map(({ startsAt, ...point }) => ({ startsAt: startsAt.toISOString(), ...point })) }
}
