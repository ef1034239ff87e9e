import type { TokenView as AccessTokenView } from '@/lib/dashboard/application/detail'
import type { CallbackView } from '@/lib/dashboard/callback/list'
import type { ConversationView } from '@/lib/dashboard/conversation/list'
import type { EndpointSummary } from '@/lib/dashboard/callback/endpoints'
import type { ChangeView } from '@/lib/dashboard/robot/history'
import type { MemberView } from '@/lib/dashboard/qun/members'
import type { MessageView } from '@/lib/dashboard/message/list'
import type { CommandView } from '@/lib/dashboard/robot/pacing'
import type { QunRow } from '@/lib/dashboard/qun/list'
import type { JoinTokenView } from '@/lib/dashboard/qun/detail'
import type { RobotView } from '@/lib/dashboard/robot/list'
import type { ReplyOutcome } from '@/lib/db/types'
import type { PoolGroup } from '@/lib/wecom/list-groups'
import type { Tone } from '@/components/ui/badge'

type SessionState = Exclude<ChangeView['state'], 'ended'>
type TokenState = AccessTokenView['state'] | JoinTokenView['state'] | 'ending' | 'endingSoon'

/**
 * Every state that a page shows, with its tone, in the order of filters. Its text is the message `state.<kind>.<state>`.
 * Badges, filters and charts use this table, so that a state looks the same everywhere.
 */
export const states = {
  robot: {
    online: 'ok',
    starting: 'warn',
    waiting_scan: 'warn',
    waiting_code: 'warn',
    waiting_confirm: 'warn',
    reconnecting: 'warn',
    offline: 'muted',
  } satisfies Record<RobotView['status'] | SessionState, Tone>,
  /** `failed` matches every failed send. */
  message: {
    queued: 'muted',
    sending: 'muted',
    sent: 'ok',
    received: 'muted',
    failed: 'bad',
    refused: 'bad',
    unknown: 'warn',
    cancelled: 'warn',
  } satisfies Record<MessageView['state'] | 'failed', Tone>,
  command: { queued: 'muted', running: 'muted' } satisfies Record<CommandView['state'], Tone>,
  event: { pending: 'warn', delivered: 'ok', dead: 'bad' } satisfies Record<CallbackView['state'], Tone>,
  attempt: { delivered: 'ok', failed: 'bad' },
  endpoint: {
    paused: 'bad',
    failing: 'bad',
    held: 'warn',
    shaky: 'warn',
    healthy: 'ok',
    disabled: 'warn',
    none: 'muted',
  } satisfies Record<EndpointSummary['state'] | 'disabled' | 'none', Tone>,
  application: { enabled: 'ok', disabled: 'warn' },
  token: {
    active: 'ok',
    ending: 'warn',
    endingSoon: 'warn',
    expired: 'bad',
    used_up: 'bad',
    replaced: 'muted',
    revoked: 'muted',
  } satisfies Record<TokenState, Tone>,
  room: { bound: 'ok', unbound: 'muted', ambiguous: 'warn', unreviewed: 'warn', gone: 'muted' },
  qun: {
    pending_owner: 'muted',
    pending_room: 'warn',
    open: 'ok',
    full: 'warn',
    paused: 'warn',
    closed: 'muted',
  } satisfies Record<QunRow['status'], Tone>,
  membership: {
    requested: 'muted',
    known: 'warn',
    invited: 'warn',
    joined: 'ok',
    refused: 'bad',
    left: 'muted',
  } satisfies Record<MemberView['state'], Tone>,
  conversation: {
    waiting: 'warn',
    assigned: 'ok',
    bot: 'muted',
    closed: 'muted',
  } satisfies Record<ConversationView['state'], Tone>,
  worker: { alive: 'ok', silent: 'bad' },
  channel: { on: 'ok', failing: 'bad', off: 'muted' },
  poolGroup: { free: 'muted', in_pool: 'ok', taken: 'muted' } satisfies Record<PoolGroup['state'], Tone>,
  replyOutcome: { replied: 'ok', handed_over: 'warn', silent: 'muted' } satisfies Record<ReplyOutcome, Tone>,
  alert: { open: 'bad', closed: 'muted' },
} as const

export type StateKind = keyof typeof states
export type StateOf<Kind extends StateKind> = keyof (typeof states)[Kind] & string

/** Returns the states of a kind in the order of filters. */
export function statesOf<Kind extends StateKind>(kind: Kind, without: readonly StateOf<Kind>[] = []): StateOf<Kind>[] {
  return (Object.keys(states[kind]) as StateOf<Kind>[]).filter((state) => !without.includes(state))
}

export function toneOf<Kind extends StateKind>(kind: Kind, state: StateOf<Kind>): Tone {
  return (states[kind] as Record<string, Tone>)[state] ?? 'muted'
}

const chartColors: Record<Tone, string> = {
  ok: 'var(--accent-ink)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
  muted: 'var(--border-field)',
}

/** Returns the colour of a state in a chart. */
export function colorOf<Kind extends StateKind>(kind: Kind, state: StateOf<Kind>): string {
  return chartColors[toneOf(kind, state)]
}
