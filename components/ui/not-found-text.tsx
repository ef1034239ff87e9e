import { ButtonLink } from '@/components/ui/button'
import { getTranslator } from '@/lib/i18n/get-translator'

/** The content of a page that does not exist. */
export async function NotFoundText() {
  const t = await getTranslator()
  return (
    <div className="mx-auto max-w-md px-4 py-20 text-center">
      <h1 className="text-xl font-semibold">{t('notFound.title')}</h1>
      <p className="mt-2 text-muted">{t('notFound.hint')}</p>
      <ButtonLink href="/dashboard" className="mt-6">
        {t('notFound.action')}
      </ButtonLink>
    </div>
  )
}
