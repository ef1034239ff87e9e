'use client'

import { useTranslations } from 'use-intl'
import type { RepliesView } from '@/lib/dashboard/reply/replies'
import { repliesKey } from '@/components/queries/reply-queries'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { ChoicesField } from '@/components/ui/choices-field'

const stages = [
  ['usesRules', 'rules'],
  ['usesCallback', 'callback'],
  ['usesModel', 'model'],
  ['usesHandover', 'handover'],
] as const

type Change = Partial<Record<(typeof stages)[number][0], boolean> & Record<'robotIds' | 'qunIds', string[] | null>>

/** Turns the stages on and off, in the order in which they reply, and limits them to robots and merchant groups; each is saved at once. */
export function StagesCard({ applicationId, settings }: { applicationId: string; settings: RepliesView['settings'] }) {
  const t = useTranslations('reply')
  const canChange = useCanChange()
  const change = useAction<Change>({
    call: (body, send) => send('PATCH', '/applications/[applicationId]/replies', { ids: { applicationId }, body }),
    done: t('saved'),
    refresh: [repliesKey],
  })
  const scope = (name: 'robotIds' | 'qunIds') => ({
    applicationId,
    isDisabled: !canChange || change.isPending,
    values: settings[name] ?? [],
    // No choice means all; a client of the API can also store none.
    error: settings[name]?.length === 0 ? t(name === 'robotIds' ? 'noRobotReplies' : 'noQunReplies') : null,
    onChange: (ids: string[]) => change.mutate({ [name]: ids.length > 0 ? ids : null }),
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
      <div className="mt-5 grid gap-4 md:grid-cols-2">
        <ChoicesField kind="robot" label={t('scopeRobots')} hint={t('scopeRobotsHint')} {...scope('robotIds')} />
        <ChoicesField kind="qun" label={t('scopeQuns')} hint={t('scopeQunsHint')} {...scope('qunIds')} />
      </div>
    </Card>
  )
}
