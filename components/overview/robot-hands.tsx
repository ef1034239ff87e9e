'use client'

import { useTranslations } from 'use-intl'
import type { Hands, RobotNeedView } from '@/app/api/dashboard/views/hands'
import { useCanChange } from '@/components/frame/role-context'
import { robotName } from '@/components/robot/robot-name'
import { HandGroup } from './hand-group'
import { HandItem } from './hand-item'
import { LoginRemedy } from './login-remedy'

/** Robots that want a phone: assistants that quns wait for, logins that were lost, codes that nobody has scanned yet. */
export function RobotHands({ hands }: { hands: Hands }) {
  const t = useTranslations('overview')
  const robotText = useTranslations('robot')
  const canChange = useCanChange()
  const statusOf = ({ status, endReason }: RobotNeedView) =>
    status === 'offline' && endReason ? robotText(`endReason.${endReason}`) : robotText(`status.${status}`)
  const item = (tone: 'bad' | 'warn') => (robot: RobotNeedView) => (
    <HandItem
      key={robot.id}
      href={`/dashboard/robots/${robot.id}/session`}
      name={robotName(robot)}
      tone={tone}
      since={robot.since}
      remedy={canChange && <LoginRemedy robot={robot} />}
    >
      {robot.qunCount > 0 ? t('qunsWait', { status: statusOf(robot), count: robot.qunCount }) : statusOf(robot)}
    </HandItem>
  )
  return (
    <>
      <HandGroup hands={hands.absentAssistants} restHref="/dashboard/robots?state=offline">
        {item('bad')}
      </HandGroup>
      <HandGroup hands={hands.lostRobots} restHref="/dashboard/robots?state=offline">
        {item('bad')}
      </HandGroup>
      <HandGroup hands={hands.scans} restHref="/dashboard/robots?state=waiting_scan">
        {item('warn')}
      </HandGroup>
    </>
  )
}
