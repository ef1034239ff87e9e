'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { robotsQuery } from '@/components/queries/queries'
import { CreateRobotSheet } from '@/components/robot/create-robot-sheet'
import { RobotTable } from '@/components/robot/robot-table'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

export function ApplicationRobots({ applicationId }: { applicationId: string }) {
  const t = useTranslations('robot')
  const canChange = useCanChange()
  const { data } = useQuery(robotsQuery())
  const [isCreating, setCreating] = useState(false)
  const robots = data?.filter((robot) => robot.applicationId === applicationId)
  return (
    <Card title={t('title')} action={canChange && <Button onClick={() => setCreating(true)}>{t('create')}</Button>}>
      {robots?.length === 0 ? <p className="text-muted">{t('noneYet')}</p> : <RobotTable robots={robots} />}
      <CreateRobotSheet applicationId={applicationId} isOpen={isCreating} onOpenChange={setCreating} />
    </Card>
  )
}
