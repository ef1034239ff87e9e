'use client'

import { useQueryClient } from '@tanstack/react-query'
import { toast } from 'sonner'
import { useTranslations } from 'use-intl'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { Sheet } from '@/components/ui/sheet'

/** Signs the same operator in again on top of the page, which keeps the input. */
export function SignInSheet({ email, onClose }: { email: string; onClose: () => void }) {
  const t = useTranslations('signIn')
  const client = useQueryClient()
  const resume = () => {
    onClose()
    toast.success(t('signedInAgain'))
    void client.invalidateQueries()
  }
  return (
    <Sheet isOpen onOpenChange={(isOpen) => isOpen || onClose()} title={t('again')} description={t('againHint')}>
      <SignInForm email={email} onSignedIn={resume} />
    </Sheet>
  )
}
