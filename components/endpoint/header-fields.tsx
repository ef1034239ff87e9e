'use client'

import Plus from 'lucide-react/icons/plus'
import Trash from 'lucide-react/icons/trash-2'
import { useTranslations } from 'use-intl'
import { FormProblem } from '@/components/form/form-problem'
import { Button } from '@/components/ui/button'

export type HeaderValue = { name: string; value: string }

/** Maximum request headers of an endpoint. */
const maxHeaders = 10

type Props = {
  values: HeaderValue[]
  /** Names whose stored values are kept while their value is empty. */
  storedNames: readonly string[]
  errorOf: (path: `headers.${number}.name` | `headers.${number}.value`) => string | null
  error: string | null
  isDisabled: boolean
  onChange: (values: HeaderValue[]) => void
}

/** Edits the request headers of an endpoint; stored values are never shown. */
export function HeaderFields({ values, storedNames, errorOf, error, isDisabled, onChange }: Props) {
  const t = useTranslations('endpoint')
  const isStored = (name: string) => storedNames.some((stored) => stored.toLowerCase() === name.trim().toLowerCase())
  const set = (index: number, part: Partial<HeaderValue>) =>
    onChange(values.map((header, at) => (at === index ? { ...header, ...part } : header)))
  return (
    <fieldset disabled={isDisabled} className="w-full">
      <legend className="mb-1 text-sm font-medium">{t('headers')}</legend>
      <p className="mb-1.5 text-sm text-muted">{t('headersHint')}</p>
      <div className="flex flex-col items-start gap-2">
        {values.map(({ name, value }, index) => {
          const problem = errorOf(`headers.${index}.name`) ?? errorOf(`headers.${index}.value`)
          return (
            // The rows have no other identity; a removed row is the only one that moves the others.
            <div key={index} className="w-full">
              <div className="flex gap-2 max-sm:flex-wrap">
                <input
                  className="field font-mono max-sm:w-full sm:max-w-56"
                  aria-label={t('headerName', { number: index + 1 })}
                  placeholder="X-Api-Key"
                  spellCheck={false}
                  autoComplete="off"
                  value={name}
                  onChange={({ target }) => set(index, { name: target.value })}
                />
                <input
                  className="field min-w-0 flex-1 font-mono"
                  aria-label={t('headerValue', { number: index + 1 })}
                  placeholder={isStored(name) ? t('headerKept') : ''}
                  spellCheck={false}
                  autoComplete="off"
                  value={value}
                  onChange={({ target }) => set(index, { value: target.value })}
                />
                {!isDisabled && (
                  <Button
                    variant="quiet"
                    aria-label={t('headerRemove', { number: index + 1 })}
                    onClick={() => onChange(values.filter((_, at) => at !== index))}
                  >
                    <Trash size={16} aria-hidden />
                  </Button>
                )}
              </div>
              <FormProblem problem={problem} />
            </div>
          )
        })}
        {!isDisabled && values.length < maxHeaders && (
          <Button onClick={() => onChange([...values, { name: '', value: '' }])}>
            <Plus size={16} aria-hidden /> {t('headerAdd')}
          </Button>
        )}
        <FormProblem problem={error} />
      </div>
    </fieldset>
  )
}
