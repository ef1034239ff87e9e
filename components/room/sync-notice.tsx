'use client'

import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { useErrorText } from '@/components/queries/use-error-text'
import { useNow } from '@/components/ui/use-now'
import type { Sync } from '@/components/room/use-sync'

/** The progress of a sync: elapsed time, then what changed or why it failed. */
export function SyncNotice({ sync }: { sync: Sync }) {
  const t = useTranslations('room')
  const common = useTranslations('common')
  const describe = useErrorText()
  if (sync.isIdle) return null
  const { data, error } = sync
  const changes = data && (['newCount', 'renamedCount', 'goneCount'] as const).filter((key) => data[key] > 0)
  return (
    <div className="mb-3 flex items-start gap-3 rounded bg-sunken px-3 py-2">
      <output className="min-w-0 flex-1">
        {sync.isPending && <Elapsed sinceMs={sync.submittedAt} />}
        {data && t('synced', { count: data.roomCount })}
        {data &&
          (changes?.length ? changes.map((key) => t(`changed.${key}`, { count: data[key] })).join('') : t('unchanged'))}
        {error && <span className="text-bad">{describe(error)}</span>}
      </output>
      {!sync.isPending && (
        <button
          type="button"
          aria-label={common('close')}
          className="-m-1 rounded p-1.5 text-muted pointer-coarse:-m-2.5 pointer-coarse:p-3"
          onClick={sync.reset}
        >
          <X size={15} aria-hidden />
        </button>
      )}
    </div>
  )
}

function Elapsed({ sinceMs }: { sinceMs: number }) {
  const t = useTranslations('room')
  const seconds = Math.max(0, Math.floor((useNow() - sinceMs) / 1000))
  return (
    <>
      {t('syncing')}{' '}
      <span aria-hidden className="text-muted tabular-nums">
        {t('elapsed', { seconds })}
      </span>
    </>
  )
}
