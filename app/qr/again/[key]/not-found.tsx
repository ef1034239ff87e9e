import { getTranslator } from '@/lib/i18n/get-translator'

export default async function LoginLinkNotFound() {
  const t = await getTranslator()
  return (
    <main className="mx-auto max-w-md px-4 py-24 text-center">
      <h1 className="text-xl font-semibold">{t('loginLink.unknown')}</h1>
      <p className="mt-2 text-muted">{t('loginLink.unknownHint')}</p>
    </main>
  )
}
