import { ButtonLink } from '@/components/ui/button'
import { getTranslator } from '@/lib/i18n/get-translator'

export default async function NotFound() {
  const t = await getTranslator()
  return (
    <main className="mx-auto max-w-md px-4 py-24 text-center">
      <h1 className="text-xl font-semibold">{t('notFound.title')}</h1>
      <p className="mt-2 text-muted">{t('notFound.hint')}</p>
      <ButtonLink href="/dashboard" className="mt-6">
        {t('notFound.action')}
      </ButtonLink>
    </main>
  )
}
