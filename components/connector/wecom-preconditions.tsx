import { useTranslations } from 'use-intl'

const preconditions = ['domain', 'egress', 'verified'] as const

/** What a company needs before the first call: WeCom enforces each, and none can be replaced by a setting of wxbot. */
export function WecomPreconditions() {
  const t = useTranslations('connector.before')
  return (
    <div className="rounded-lg bg-sunken p-3 text-sm">
      <p className="font-medium">{t('title')}</p>
      <ul className="mt-1.5 list-disc space-y-1 pl-5">
        {preconditions.map((name) => (
          <li key={name}>{t(name)}</li>
        ))}
      </ul>
    </div>
  )
}
