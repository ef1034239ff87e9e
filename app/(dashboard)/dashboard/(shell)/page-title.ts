import type { Metadata } from 'next'
import { getTranslator } from '@/lib/i18n/get-translator'

type Key = Parameters<Awaited<ReturnType<typeof getTranslator>>>[0]

/** Returns a `generateMetadata` function that sets the page title in the viewer's language. */
export function pageTitle(key: Key): () => Promise<Metadata> {
  return async () => ({ title: (await getTranslator())(key) })
}
