'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { applicationsKey } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { SecretValue } from '@/components/ui/secret-value'
import { Sheet } from '@/components/ui/sheet'
import { defaultOverlapSeconds } from '@/lib/application/overlap'

/** Warns that callbacks send an access token over plain http; one click switches them to a separate token, which is shown once. */
export function ExposedTokenWarning({ applicationId, isExposed }: { applicationId: string; isExposed: boolean }) {
  const t = useTranslations('callbackToken')
  const ofTokens = useTranslations('token')
  const ofSecrets = useTranslations('secret')
  const canChange = useCanChange()
  const [token, setToken] = useState<string | null>(null)
  const separate = useAction({
    call: (_input: void, send) =>
      send('POST', '/applications/[applicationId]/callback-token', {
        ids: { applicationId },
        body: { overlapSeconds: defaultOverlapSeconds },
      }),
    refresh: [applicationsKey],
    onDone: (issued) => setToken(issued.token),
  })
  const close = () => setToken(null)
  return (
    <>
      {isExposed && (
        <section
          aria-label={t('exposedTitle')}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg bg-warn-soft px-4 py-3"
        >
          <div className="min-w-0 flex-1 basis-80">
            <p className="font-medium text-warn">{t('exposedTitle')}</p>
            <p className="mt-1 text-sm">{t('exposedHint')}</p>
          </div>
          {canChange && (
            <Button isBusy={separate.isPending} onClick={() => separate.mutate()}>
              {t('separateNow')}
            </Button>
          )}
        </section>
      )}
      <Sheet
        isOpen={token !== null}
        onOpenChange={close}
        title={ofTokens('issuedTitle')}
        description={ofSecrets('shownOnce')}
        isPinned
      >
        <div className="flex flex-col gap-4">
          <SecretValue label={t('title')} value={token ?? ''} hint={t('separateNowHint')} />
          <Button variant="primary" onClick={close}>
            {ofSecrets('saved')}
          </Button>
        </div>
      </Sheet>
    </>
  )
}
