'use client'

import { useTranslations } from 'use-intl'
import type { Hands } from '@/app/api/dashboard/views/hands'
import { robotName } from '@/components/robot/robot-name'
import { ButtonLink } from '@/components/ui/button'
import { HandGroup } from './hand-group'
import { HandItem } from './hand-item'

/** What somebody has to look at and decide: sends without an answer, rooms to know again, quns without a room, tokens that end. */
export function DecisionHands({ hands }: { hands: Hands }) {
  const t = useTranslations('overview')
  return (
    <>
      <HandGroup hands={hands.unknownSends} restHref="/dashboard/messages?state=unknown">
        {(robot) => (
          <HandItem
            key={robot.id}
            href={`/dashboard/robots/${robot.id}/messages`}
            name={robotName(robot)}
            tone="warn"
            since={robot.since}
            remedy={<ButtonLink href={`/dashboard/robots/${robot.id}/messages`}>{t('compare')}</ButtonLink>}
          >
            {t('unknownSends', { count: robot.count })}
          </HandItem>
        )}
      </HandGroup>
      <HandGroup hands={hands.doubts} restHref="/dashboard/robots">
        {(robot) => (
          <HandItem
            key={robot.id}
            href={`/dashboard/robots/${robot.id}/rooms`}
            name={robotName(robot)}
            tone="warn"
            since={robot.since}
            remedy={<ButtonLink href={`/dashboard/robots/${robot.id}/rooms`}>{t('decide')}</ButtonLink>}
          >
            {t('doubts', { count: robot.count })}
          </HandItem>
        )}
      </HandGroup>
      <HandGroup hands={hands.failedQuns} restHref="/dashboard/quns?state=pending_room">
        {(qun) => (
          <HandItem
            key={qun.id}
            href={`/dashboard/quns/${qun.id}`}
            name={qun.name}
            tone="warn"
            since={qun.since}
            remedy={<ButtonLink href={`/dashboard/quns/${qun.id}`}>{t('seeQun')}</ButtonLink>}
          >
            {t('qunFailed', { failure: qun.failure })}
          </HandItem>
        )}
      </HandGroup>
      <HandGroup hands={hands.endingTokens} restHref="/dashboard/applications">
        {(token) => (
          <HandItem
            key={token.id}
            href={`/dashboard/applications/${token.applicationId}`}
            name={`${token.applicationName} · ${token.name}`}
            tone="warn"
            since={token.expiresAt}
            remedy={<ButtonLink href={`/dashboard/applications/${token.applicationId}`}>{t('renew')}</ButtonLink>}
          >
            {t('tokenEnds')}
          </HandItem>
        )}
      </HandGroup>
    </>
  )
}
