'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { QunImport } from '@/lib/qun/import-quns'
import { maxImportLength, maxImportRows } from '@/lib/qun/import-limits'
import { useAction } from '@/components/queries/use-action'
import { useErrorText } from '@/components/queries/use-error-text'
import { ImportPreview } from '@/components/qun/import-preview'
import { qunsQuery } from '@/components/qun/qun-queries'
import { Button } from '@/components/ui/button'
import { FileField } from '@/components/ui/file-field'

type Upload = { content: string; isPreview: boolean }

/** Chooses a CSV file, shows what it would create and what is wrong with it, and imports it as a whole. */
export function ImportForm({ onDone }: { onDone: () => void }) {
  const t = useTranslations('qun.import')
  const describe = useErrorText()
  const [content, setContent] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [preview, setPreview] = useState<QunImport | null>(null)
  const upload = useAction<Upload, QunImport>({
    call: (body, send) => send('POST', '/quns/import', { body }),
    refresh: [qunsQuery().queryKey],
    isQuiet: true,
    onDone: (outcome) => setPreview(outcome),
    onRefused: (error) => {
      setProblem(describe(error))
      return true
    },
  })
  const choose = async (file: File | undefined) => {
    setPreview(null)
    setProblem(null)
    setContent('')
    if (!file) return
    const text = file.size > maxImportLength ? null : await readText(file)
    if (!text) return setProblem(text === null ? t('tooLarge') : t('emptyFile'))
    setContent(text)
    upload.mutate({ content: text, isPreview: true })
  }
  const newCount = preview?.rows.filter(({ outcome }) => outcome === 'new').length ?? 0
  const isReady = preview !== null && preview.problems.length === 0 && !preview.isImported
  return (
    <div className="flex flex-col gap-4">
      <FileField
        label={t('file')}
        hint={t('fileHint', { max: maxImportRows })}
        error={problem}
        accept=".csv,text/csv"
        onFile={(file) => void choose(file)}
      />
      <pre tabIndex={0} aria-label={t('example')} className="overflow-x-auto rounded bg-sunken p-3 font-mono text-sm">
        {t('exampleText')}
      </pre>
      {upload.isPending && !preview && <output className="text-muted">{t('checking')}</output>}
      {preview && <ImportPreview preview={preview} newCount={newCount} />}
      {isReady && newCount > 0 && (
        <Button
          variant="primary"
          isBusy={upload.isPending}
          onClick={() => upload.mutate({ content, isPreview: false })}
        >
          {t('submit', { count: newCount })}
        </Button>
      )}
      {preview?.isImported && <Button onClick={onDone}>{t('close')}</Button>}
    </div>
  )
}

/** Reads a file as UTF-8, otherwise as GB 18030, in which Excel saves CSV in China. */
async function readText(file: File): Promise<string> {
  const bytes = await file.arrayBuffer()
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
