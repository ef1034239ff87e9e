'use client'

import { useTranslations } from 'use-intl'
import type { RobotNeedView } from '@/lib/dashboard/overview/attention'
import { useCanChange } from '@/components/shell/role-context'
import { robotName } from '@/components/robot/robot-name'
import { RobotStatus } from '@/components/robot/robot-status'
import type { FirstRows } from '@/lib/attention/first-rows'
import { AttentionGroup } from '@/components/overview/attention-group'
import { AttentionItem } from '@/components/overview/attention-item'
import { LoginAction } from '@/components/overview/login-action'

type Props = { kind: 'absent' | 'lost' | 'scan'; robots: FirstRows<RobotNeedView> }

/** Robots that need a phone: assistants that merchant groups wait for, lost logins, and QR codes to scan. */
export function RobotAttention({ kind, robots }: Props) {
  const t = useTranslations('overview')
  const canChange = useCanChange()
  const status = kind === 'scan' ? 'waiting_scan' : 'offline'
  return (
    <AttentionGroup items={robots} restHref={`/dashboard/robots?state=${status}`}>
      {(robot) => (
        <AttentionItem
          key={robot.id}
          href={`/dashboard/robots/${robot.id}/session`}
          name={robotName(robot)}
          tone={kind === 'scan' ? 'warn' : 'bad'}
          since={robot.since}
          action={canChange && <LoginAction robot={robot} />}
          dismissal={{ kind, targetId: robot.id, state: robot.state }}
        >
          <RobotStatus robot={{ ...robot, since: null }} isDetailed />
          {robot.qunCount > 0 && ` · ${t('qunsWait', { count: robot.qunCount })}`}
        </AttentionItem>
      )}
    </AttentionGroup>
  )
}
