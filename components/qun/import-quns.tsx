'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { loadPart } from '@/components/ui/load-part'
import { Sheet } from '@/components/ui/sheet'

const ImportForm = dynamic(() => loadPart(() => import('@/components/qun/import-form').then((file) => file.ImportForm)))

/** Opens the import of merchant groups from a file. */
export function ImportQuns() {
  const t = useTranslations('qun.import')
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('title')}</Button>
      <Sheet isOpen={isOpen} onOpenChange={setOpen} title={t('sheet')} description={t('hint')}>
        <ImportForm onDone={() => setOpen(false)} />
      </Sheet>
    </>
  )
}
