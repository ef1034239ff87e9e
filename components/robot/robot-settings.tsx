'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { AssistantCard } from '@/components/qun/assistant-card'
import { robotQuery } from '@/components/queries/queries'
import { Card } from '@/components/ui/card'
import { CopyIcon } from '@/components/ui/copy-icon'
import { AgentIdForm } from '@/components/robot/agent-id-form'
import { DeleteRobot } from '@/components/robot/delete-robot'
import { ReceptionForm } from '@/components/robot/reception-form'
import { ReleaseRobot } from '@/components/robot/release-robot'

export function RobotSettings({ robotId }: { robotId: string }) {
  const t = useTranslations('robotSettings')
  const connection = useTranslations('connection')
  const format = useFormatter()
  const canChange = useCanChange()
  const { data: robot } = useQuery(robotQuery(robotId))
  if (!robot) return null
  const rate = robot.sendRatePerMinute
  const facts = [
    { key: 'id', value: <Mono text={robot.id} /> },
    { key: 'username', value: <span className="font-mono text-sm">{robot.username}</span> },
    { key: 'connection', value: connection(`name.${robot.connection}`) },
    {
      key: 'sendRate',
      value: (
        <Link href={`/dashboard/robots/${robotId}/pacing`} className="link">
          {rate === 0 ? t('noLimit') : t('perMinute', { count: rate })}
        </Link>
      ),
    },
    {
      key: 'createdAt',
      value: format.dateTime(new Date(robot.createdAt), { dateStyle: 'medium', timeStyle: 'short' }),
    },
  ] as const
  return (
    <div className="flex max-w-[720px] flex-col gap-6">
      <Card title={t('basics')}>
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
          {facts.map(({ key, value }) => (
            <div key={key} className="contents">
              <dt className="text-muted">{t(key)}</dt>
              <dd className="min-w-0 break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {robot.capabilities.rooms ? (
        <Card title={t('agentIdTitle')} hint={t('agentIdHint')}>
          <AgentIdForm key={robot.agentId} robotId={robotId} agentId={robot.agentId ?? ''} isReadOnly={!canChange} />
        </Card>
      ) : (
        <p className="rounded bg-sunken px-3 py-2">{connection('noRoomSettings')}</p>
      )}
      {robot.capabilities.welcome && <ReceptionForm robot={robot} />}
      {robot.capabilities.makeRoom && <AssistantCard robotId={robotId} />}
      {canChange && (robot.nickname || robot.endReason === 'other_account') && (
        <Card title={t('releaseTitle')} hint={t('releaseHint')}>
          <ReleaseRobot robot={robot} />
        </Card>
      )}
      {canChange && (
        <Card title={t('deleteTitle')} hint={t('deleteHint')}>
          <DeleteRobot robot={robot} />
        </Card>
      )}
    </div>
  )
}

function Mono({ text }: { text: string }) {
  return (
    <span className="flex flex-wrap items-center gap-1 font-mono text-sm">
      {text} <CopyIcon text={text} />
    </span>
  )
}
