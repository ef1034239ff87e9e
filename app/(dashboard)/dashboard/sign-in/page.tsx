import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { LanguageMenu } from '@/components/shell/language-menu'
import { SignInForm } from '@/components/sign-in/sign-in-form'
import { getOperator } from '@/lib/auth/get-operator'
import { safeReturnPath } from '@/lib/auth/safe-return-path'
import { webContext } from '@/lib/http/web-context'
import { getTranslator } from '@/lib/i18n/get-translator'

type Props = { searchParams: Promise<{ to?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { to } = await searchParams
  const returnPath = safeReturnPath(typeof to === 'string' ? to : undefined)
  if (await getOperator(webContext(), await headers())) redirect(returnPath)
  const t = await getTranslator()
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-[360px]">
        <div className="mb-6 flex items-center justify-between">
          <h1 className="flex items-center gap-2.5 text-xl font-semibold">
            <span aria-hidden className="grid size-7 place-items-center rounded bg-accent text-base text-on-accent">
              W
            </span>
            {t('signIn.title')}
          </h1>
          <LanguageMenu />
        </div>
        <SignInForm returnPath={returnPath} />
      </div>
    </main>
  )
}
