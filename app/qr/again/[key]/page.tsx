import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { webContext } from '@/lib/http/web-context'
import { getTranslator } from '@/lib/i18n/get-translator'
import { findLoginLink } from '@/lib/session/login-link'

type Props = { params: Promise<{ key: string }>; searchParams: Promise<{ problem?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslator()
  // Not `no-referrer`: with it, a browser hides the origin of the form, which proves that it is ours.
  return { title: t('loginLink.title'), robots: { index: false }, referrer: 'same-origin' }
}

/** The page of the link in an alert about a dropped robot: a button that starts a login. A visit alone changes nothing. */
export default async function LoginLinkPage({ params, searchParams }: Props) {
  const { key } = await params
  const { problem } = await searchParams
  const link = await findLoginLink(webContext().db, { key })
  if (!link) notFound()
  const t = await getTranslator()
  return (
    <main className="mx-auto flex min-h-dvh max-w-[420px] flex-col items-stretch justify-center px-4 py-8">
      <section className="rounded-lg border border-subtle bg-surface px-5 py-8 shadow-card">
        <h1 className="text-center text-xl font-semibold">{t('loginLink.title')}</h1>
        <p className="mt-4 text-center text-lg font-medium break-words">{link.name}</p>
        <p className="mt-1 text-center text-muted">{t('loginLink.hint')}</p>
        {problem !== undefined && (
          <p role="alert" className="mt-4 text-center text-sm text-warn">
            {t(problem === 'later' ? 'loginLink.later' : 'loginLink.refused')}
          </p>
        )}
        <form method="post" action={`/api/qr/again/${key}`} className="mt-6">
          <Button type="submit" variant="primary" className="min-h-12 w-full">
            {t('loginLink.submit')}
          </Button>
        </form>
        <p className="mt-6 border-t border-subtle pt-4 text-center text-sm text-muted">{t('loginLink.trust')}</p>
      </section>
    </main>
  )
}
