import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { SelectField, TextField } from '@/components/ui/field'
import type { RegisterOptions } from 'react-hook-form'
import {
  type AlertChannelType,
  type AlertKind,
  type AlertLanguage,
  alertKinds,
  alertLanguages,
  mailSecurities,
} from '@/lib/db/types'

/** The values of all types; a schema reads only those of its own. */
export type ChannelDraft = {
  type: AlertChannelType
  name: string
  language: AlertLanguage
  kinds: AlertKind[]
  isEnabled: boolean
  settings: { host: string; port: number; security: (typeof mailSecurities)[number]; from: string; to: string[] }
  secrets: { url: string; secret: string; signingSecret: string; user: string; password: string }
}

export const emptySecrets = { url: '', secret: '', signingSecret: '', user: '', password: '' }
export const emptySettings = { host: '', port: 465, security: 'tls' as const, from: '', to: [] }

type Name = `settings.${keyof ChannelDraft['settings']}` | `secrets.${keyof ChannelDraft['secrets']}`
type Field = (
  name: Name | 'kinds' | 'language',
  rules?: RegisterOptions,
) => Omit<ComponentProps<typeof TextField>, 'label'>

type Props = {
  type: AlertChannelType
  field: Field
  /** Whether empty secrets keep the stored ones. */
  isStored: boolean
  isReadOnly?: boolean
}

const secretsOf: Record<AlertChannelType, (keyof ChannelDraft['secrets'])[]> = {
  feishu: ['url', 'secret'],
  dingtalk: ['url', 'secret'],
  wecom_group: ['url'],
  webhook: ['url', 'signingSecret'],
  email: ['user', 'password'],
  robot_owner: [],
}

const toList = (value: string | string[]) => (Array.isArray(value) ? value : value.split(/[\s,;，；]+/).filter(Boolean))

/** The address and the secrets of one type. Secrets are never shown; a viewer sees none of their fields. */
export function ChannelAddressFields({ type, field, isStored, isReadOnly = false }: Props) {
  const t = useTranslations('alert')
  const text = { className: 'w-full', spellCheck: false, readOnly: isReadOnly } as const
  return (
    <>
      {type === 'email' && (
        <>
          <TextField {...text} {...field('settings.host')} label={t('field.host.label')} hint={t('field.host.hint')} />
          <TextField
            {...text}
            type="number"
            inputMode="numeric"
            {...field('settings.port', { valueAsNumber: true })}
            label={t('field.port.label')}
          />
          <SelectField
            className="w-full"
            disabled={isReadOnly}
            {...(field('settings.security') as object)}
            label={t('field.security.label')}
          >
            {mailSecurities.map((security) => (
              <option key={security} value={security}>
                {t(`security.${security}`)}
              </option>
            ))}
          </SelectField>
          <TextField {...text} type="email" {...field('settings.from')} label={t('field.from.label')} />
          <TextField
            {...text}
            {...field('settings.to', { setValueAs: toList })}
            label={t('field.to.label')}
            hint={t('field.to.hint')}
          />
        </>
      )}
      {!isReadOnly &&
        secretsOf[type].map((name) => (
          <TextField
            key={name}
            {...text}
            type={name === 'url' || (name === 'signingSecret' && !isStored) || name === 'user' ? 'text' : 'password'}
            autoComplete={name === 'password' || name === 'secret' ? 'new-password' : 'off'}
            {...field(`secrets.${name}`)}
            label={t(`field.${name}.label`)}
            hint={isStored ? t('secretStored') : t(`field.${name}.hint`)}
          />
        ))}
    </>
  )
}

/** What a channel receives, and in which language. */
export function ChannelContentFields({ field, isReadOnly = false }: Pick<Props, 'field' | 'isReadOnly'>) {
  const t = useTranslations('alert')
  const language = useTranslations('language')
  const { error, ...chosen } = field('kinds')
  return (
    <>
      <fieldset disabled={isReadOnly} className="w-full">
        <legend className="mb-1.5 text-sm font-medium">{t('kinds')}</legend>
        <div className="flex flex-col gap-1.5">
          {alertKinds.map((kind) => (
            <label key={kind} className="flex min-h-6 items-center gap-2">
              <input type="checkbox" {...(chosen as ComponentProps<'input'>)} value={kind} />
              <span className="min-w-0">{t(`kind.${kind}`)}</span>
            </label>
          ))}
        </div>
        <div className="text-sm text-bad" aria-live="polite">
          {error}
        </div>
      </fieldset>
      <SelectField className="w-full" disabled={isReadOnly} {...(field('language') as object)} label={t('language')}>
        {alertLanguages.map((value) => (
          <option key={value} value={value}>
            {language(value)}
          </option>
        ))}
      </SelectField>
    </>
  )
}
