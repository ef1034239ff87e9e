'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { MemberView } from '@/lib/dashboard/qun/members'
import { useAction } from '@/components/queries/use-action'
import { membersQuery, qunQuery } from '@/components/qun/qun-queries'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

type Decision = 'yes' | 'no' | 'remove'

/** Asks whether a person who has the right nickname is the right person: yes, no, or remove. */
export function MemberDecision({ qunId, member }: { qunId: string; member: MemberView }) {
  const t = useTranslations('qun.person')
  const canChange = useCanChange()
  const [pending, setPending] = useState<'no' | 'remove' | null>(null)
  const decide = useAction({
    call: (decision: Decision, send) =>
      send('POST', '/quns/[qunId]/members/[membershipId]/decision', {
        ids: { qunId, membershipId: member.id },
        body: { decision },
      }),
    done: t('done'),
    refresh: [qunQuery(qunId).queryKey, membersQuery(qunId).queryKey.slice(0, 3)],
    onDone: () => setPending(null),
  })
  const isDoubtful = member.identifiedBy === 'nickname'
  const isRemovable = member.state !== 'joined'
  if (!canChange || !(isDoubtful || member.state === 'refused')) return null
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-2">
      {isDoubtful && (
        <>
          <span className="text-sm text-warn">{t('ask')}</span>
          <Button isBusy={decide.isPending} onClick={() => decide.mutate('yes')}>
            {t('yes')}
          </Button>
          <Button onClick={() => setPending('no')}>{t('no')}</Button>
        </>
      )}
      {isRemovable && (
        <Button variant="quiet" onClick={() => setPending('remove')}>
          {t('remove')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={pending !== null}
        onOpenChange={(isOpen) => !isOpen && setPending(null)}
        title={pending === 'remove' ? t('removeAsk', { name: member.nickname }) : t('noAsk', { name: member.nickname })}
        action={pending === 'remove' ? t('remove') : t('no')}
        isBusy={decide.isPending}
        onConfirm={() => pending && decide.mutate(pending)}
      >
        {pending === 'remove' ? t('removeEffect') : member.state === 'joined' ? t('noEffectJoined') : t('noEffect')}
      </ConfirmDialog>
    </div>
  )
}
