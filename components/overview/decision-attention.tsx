'use client'

import { useTranslations } from 'use-intl'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import type { AttentionView } from '@/lib/dashboard/overview/attention'
import { robotName } from '@/components/robot/robot-name'
import { StateBadge } from '@/components/state/state-badge'
import { ButtonLink } from '@/components/ui/button'
import { AttentionGroup } from '@/components/overview/attention-group'
import { AttentionItem } from '@/components/overview/attention-item'
import { RobotAttention } from '@/components/overview/robot-attention'

/** Items that need a decision, most severe first: failed groups, sends of unknown outcome, rooms to confirm, QR codes to scan, expiring tokens. */
export function DecisionAttention({ attention }: { attention: AttentionView }) {
  const say = useSentenceText()
  const t = useTranslations('overview')
  return (
    <>
      <AttentionGroup items={attention.failedQuns} restHref="/dashboard/quns?state=pending_room">
        {(qun) => (
          <AttentionItem
            key={qun.id}
            href={`/dashboard/quns/${qun.id}`}
            name={qun.name}
            tone="warn"
            since={qun.since}
            dismissal={{ kind: 'qun', targetId: qun.id, state: qun.state }}
            action={<ButtonLink href={`/dashboard/quns/${qun.id}`}>{t('seeQun')}</ButtonLink>}
          >
            {t('qunFailed', { failure: say(qun.failure) ?? '—' })}
          </AttentionItem>
        )}
      </AttentionGroup>
      <AttentionGroup items={attention.unknownSends} restHref="/dashboard/messages?state=unknown">
        {(robot) => (
          <AttentionItem
            key={robot.id}
            href={`/dashboard/robots/${robot.id}/messages`}
            name={robotName(robot)}
            tone="warn"
            since={robot.since}
            dismissal={{ kind: 'unknown', targetId: robot.id, state: robot.state }}
            action={<ButtonLink href={`/dashboard/robots/${robot.id}/messages`}>{t('compare')}</ButtonLink>}
          >
            {t('unknownSends', { count: robot.count })}
          </AttentionItem>
        )}
      </AttentionGroup>
      <AttentionGroup items={attention.ambiguities} restHref="/dashboard/robots">
        {(robot) => (
          <AttentionItem
            key={robot.id}
            href={`/dashboard/robots/${robot.id}/rooms`}
            name={robotName(robot)}
            tone="warn"
            since={robot.since}
            dismissal={{ kind: 'ambiguity', targetId: robot.id, state: robot.state }}
            action={<ButtonLink href={`/dashboard/robots/${robot.id}/rooms`}>{t('decide')}</ButtonLink>}
          >
            {t('ambiguousRooms', { count: robot.count })}
          </AttentionItem>
        )}
      </AttentionGroup>
      <AttentionGroup items={attention.boundByName} restHref="/dashboard/robots">
        {(robot) => (
          <AttentionItem
            key={robot.id}
            href={`/dashboard/robots/${robot.id}/rooms?kind=unreviewed`}
            name={robotName(robot)}
            tone="warn"
            since={robot.since}
            dismissal={{ kind: 'binding', targetId: robot.id, state: robot.state }}
            action={<ButtonLink href={`/dashboard/robots/${robot.id}/rooms?kind=unreviewed`}>{t('decide')}</ButtonLink>}
          >
            {t('boundByName', { count: robot.count })}
          </AttentionItem>
        )}
      </AttentionGroup>
      <RobotAttention kind="scan" robots={attention.scans} />
      <AttentionGroup items={attention.endingTokens} restHref="/dashboard/applications">
        {(token) => (
          <AttentionItem
            key={token.id}
            href={`/dashboard/applications/${token.applicationId}`}
            name={`${token.applicationName} · ${token.name}`}
            tone="warn"
            since={token.expiresAt}
            dismissal={{ kind: 'token', targetId: token.id, state: token.state }}
            action={<ButtonLink href={`/dashboard/applications/${token.applicationId}`}>{t('rotate')}</ButtonLink>}
          >
            <StateBadge kind="token" state="endingSoon" />
          </AttentionItem>
        )}
      </AttentionGroup>
    </>
  )
}
