'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { robotsQuery } from '@/components/queries/queries'
import { robotName } from '@/components/robot/robot-name'
import { Card } from '@/components/ui/card'
import { CodeSample } from '@/components/ui/code-sample'
import { SelectField } from '@/components/ui/field'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { sampleKeys } from '@/components/application/samples/sample'
import { sampleLanguages, useLanguage } from '@/components/application/samples/use-language'
import { writeCurl } from '@/components/application/samples/write-curl'
import { writeNode } from '@/components/application/samples/write-node'
import { writePython } from '@/components/application/samples/write-python'
import { useApplication } from '@/components/application/use-application'

const writers = { curl: writeCurl, node: writeNode, python: writePython }

/** Code samples from login to the first message, filled in with this application's URL and the selected robot. */
export function SamplesTab({ applicationId }: { applicationId: string }) {
  const t = useTranslations('samples')
  const { publicUrl } = useApplication(applicationId)
  const { data } = useQuery(robotsQuery({ application: applicationId }))
  const robots = data?.rows ?? []
  const [chosen, setChosen] = useState('')
  const [language, setLanguage] = useLanguage()
  const robot = robots.find(({ id }) => id === chosen) ?? robots[0]
  const samples = writers[language]({ publicUrl, robotId: robot?.id ?? null, agentId: robot?.agentId ?? null })
  const action = (
    <SegmentedControl
      label={t('language')}
      value={language}
      onChange={setLanguage}
      choices={sampleLanguages.map((value) => ({ value, text: t(`languageOf.${value}`) }))}
    />
  )
  return (
    <Card title={t('title')} hint={t('hint')} action={action}>
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
        <p className="text-sm text-muted">
          {t(`prepareHint.${language}`)}{' '}
          <a href="/docs" target="_blank" rel="noreferrer" className="link underline">
            {t('docs')}
          </a>
        </p>
        {sampleKeys.map((key) => (
          <CodeSample key={key} title={t(`step.${key}`)} code={samples[key]} />
        ))}
      </div>
    </Card>
  )
}
