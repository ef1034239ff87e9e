'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { robotsQuery } from '@/components/queries/queries'
import { robotName } from '@/components/robot/robot-name'
import { Card } from '@/components/ui/card'
import { CodeSample } from '@/components/ui/code-sample'
import { SelectField } from '@/components/ui/field'
import { Segments } from '@/components/ui/segments'
import { sampleKeys } from './samples/sample'
import { sampleLanguages, useLanguage } from './samples/use-language'
import { writeCurl } from './samples/write-curl'
import { writeNode } from './samples/write-node'
import { writePython } from './samples/write-python'
import { useApplication } from './use-application'

const writers = { curl: writeCurl, node: writeNode, python: writePython }

/** The main job as code to paste, filled in with this application's address and the robot that is chosen. */
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
    <Segments
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
