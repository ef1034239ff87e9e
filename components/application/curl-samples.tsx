'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { robotsQuery } from '@/components/queries/queries'
import { robotName } from '@/components/robot/robot-name'
import { Card } from '@/components/ui/card'
import { CodeSample } from '@/components/ui/code-sample'
import { SelectField } from '@/components/ui/field'
import { curlSamples } from './write-curl-samples'

/** The documented calls as lines to paste, filled in with this application's own address and robot. */
export function CurlSamples({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('samples')
  const { data } = useQuery(robotsQuery({ application: application.id }))
  const robots = data?.rows ?? []
  const [chosen, setChosen] = useState('')
  const robot = robots.find(({ id }) => id === chosen) ?? robots[0]
  const samples = curlSamples({ publicUrl: application.publicUrl, robotId: robot?.id ?? null })
  return (
    <Card title={t('title')} hint={t('hint')}>
      <div className="flex flex-col gap-4">
        {robots.length > 1 && (
          <SelectField
            className="sm:w-80"
            label={t('robot')}
            value={robot?.id}
            onChange={(event) => setChosen(event.target.value)}
          >
            {robots.map((other) => (
              <option key={other.id} value={other.id}>
                {robotName(other)}
              </option>
            ))}
          </SelectField>
        )}
        {samples.map(({ key, code }) => (
          <CodeSample key={key} title={t(key)} code={code} />
        ))}
      </div>
    </Card>
  )
}
