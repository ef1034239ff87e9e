'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { CallbackDetail } from '@/lib/dashboard/callback/detail'
import { Card } from '@/components/ui/card'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'
import { SegmentedControl } from '@/components/ui/segmented-control'

const shapes = ['data', 'request'] as const

/** The event data, or the request as it is sent: byte for byte, except for the secrets. */
export function CallbackRequest({ event }: { event: CallbackDetail }) {
  const t = useTranslations('callback')
  const [shape, setShape] = useState<string>('data')
  const { request } = event
  const data = JSON.stringify(event.data, null, 2)
  const isRaw = shape === 'request' && request !== null
  return (
    <Card
      title={t('content')}
      action={
        <SegmentedControl
          label={t('shapeLabel')}
          value={shape}
          onChange={setShape}
          choices={shapes.map((value) => ({ value, text: t(`shape.${value}`) }))}
        />
      }
    >
      {shape === 'request' && !request && <p className="text-muted">{t('noAddress')}</p>}
      {shape === 'data' && <CodeBlock label={t('shape.data')} code={data} className="max-h-[480px] rounded" />}
      {isRaw && (
        <>
          <CodeBlock
            label={t('shape.request')}
            code={formatRequest(request)}
            isWrapped
            className="max-h-[480px] rounded leading-relaxed"
          />
          <p className="mt-2 text-sm text-muted">{t('masked')}</p>
        </>
      )}
      {(isRaw || shape === 'data') && (
        <div className="mt-2 flex flex-wrap gap-2">
          <CopyButton key={shape} text={isRaw ? request.body : data} label={t(isRaw ? 'copyBody' : 'copyData')} />
        </div>
      )}
    </Card>
  )
}

/** The HTTP request as text. */
function formatRequest({ method, url, headers, body }: NonNullable<CallbackDetail['request']>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${url}`, ...lines, '', body].join('\n').trimEnd()
}
