'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import type { RepliesView, RuleView } from '@/lib/dashboard/reply/replies'
import { loadPart } from '@/components/ui/load-part'
import { Sheet } from '@/components/ui/sheet'

const RuleForm = dynamic(() => loadPart(() => import('@/components/reply/rule-form').then((file) => file.RuleForm)))

type Props = {
  applicationId: string
  replies: RepliesView
  /** null: a new one. */
  rule: RuleView | null
  onClose: () => void
}

/** Edits a rule, or creates one. */
export function RuleSheet({ applicationId, replies, rule, onClose }: Props) {
  const t = useTranslations('reply')
  return (
    <Sheet
      isOpen
      onOpenChange={onClose}
      title={rule ? t('editRule', { name: rule.name }) : t('newRule')}
      description={t('ruleHint')}
    >
      <RuleForm applicationId={applicationId} replies={replies} rule={rule} onDone={onClose} />
    </Sheet>
  )
}
