'use client'

import { useTranslations } from 'use-intl'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { repliesKey } from '@/components/queries/reply-queries'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'

const stages = [
  ['usesRules', 'rules'],
  ['usesCallback', 'callback'],
  ['usesModel', 'model'],
  ['usesHandover', 'handover'],
] as const

/** Turns the stages on and off, in the order in which they reply; each is saved at once. */
export function StagesCard({ applicationId, settings }: { applicationId: string; settings: RepliesView['settings'] }) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const change = useAction<Partial<Record<(typeof stages)[number][0], boolean>>>({
    call: (body, send) => send('PATCH', '/applications/[applicationId]/replies', { ids: { applicationId }, body }),
    done: t('saved'),
    refresh: [repliesKey],
  })
  return (
    <Card title={t('orderTitle')} hint={t('orderHint')}>
      <ol className="flex flex-col gap-3">
        {stages.map(([name, key], index) => (
          <li key={name}>
            <label className="flex items-start gap-3">
              <span aria-hidden className="mt-0.5 w-4 shrink-0 text-right text-muted tabular-nums">
                {index + 1}
              </span>
              <input
                type="checkbox"
                className="mt-1"
                checked={settings[name]}
                disabled={!canChange || change.isPending}
                onChange={({ target }) => change.mutate({ [name]: target.checked })}
              />
              <span className="min-w-0">
                <span className="font-medium">{t(`stage.${key}`)}</span>
                <span className="block text-sm text-muted">{t(`stageHint.${key}`)}</span>
              </span>
            </label>
          </li>
        ))}
      </ol>
    </Card>
  )
}
