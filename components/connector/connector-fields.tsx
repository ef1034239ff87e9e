import { useTranslations } from 'use-intl'
import type { ComponentProps } from 'react'
import { TextField } from '@/components/ui/field'
import type { ConnectorType } from '@/lib/db/types'

/** The values of both types; a schema reads only those of its own. */
export type ConnectorDraft = {
  type: ConnectorType
  name: string
  settings: Record<'corpId' | 'groupPrefix' | 'groupOwners' | 'baseUrl' | 'tokenHeader' | 'pathPrefix', string>
  secrets: { agentSecret: string; callbackToken: string; callbackAesKey: string; token: string }
}

type Name = `settings.${keyof ConnectorDraft['settings']}` | `secrets.${keyof ConnectorDraft['secrets']}`

/** What a stored connector can do in addition; a new one is marked on its page. */
const storedNamesOf = {
  wecom: ['settings.groupPrefix', 'settings.groupOwners'],
  gateway: [],
} as const satisfies Record<ConnectorType, readonly Name[]>

type Props = {
  type: ConnectorType
  field: (name: Name) => Omit<ComponentProps<typeof TextField>, 'label'>
  /** Whether empty secrets keep the stored ones. */
  isStored: boolean
  isReadOnly?: boolean
}

const namesOf = {
  wecom: ['settings.corpId', 'secrets.agentSecret', 'secrets.callbackToken', 'secrets.callbackAesKey'],
  gateway: ['settings.baseUrl', 'secrets.token', 'settings.tokenHeader', 'settings.pathPrefix'],
} as const satisfies Record<ConnectorType, readonly Name[]>

/** The settings and secrets of one type. Secrets are never shown; a viewer sees none of their fields. */
export function ConnectorFields({ type, field, isStored, isReadOnly = false }: Props) {
  const t = useTranslations('connector.field')
  const common = useTranslations('connector')
  const names: readonly Name[] = isStored ? [...namesOf[type], ...storedNamesOf[type]] : namesOf[type]
  return names
    .filter((name) => !isReadOnly || name.startsWith('settings.'))
    .map((name) => {
      const key = name.split('.')[1] as keyof ConnectorDraft['settings'] | keyof ConnectorDraft['secrets']
      const isSecret = name.startsWith('secrets.')
      return (
        <TextField
          key={name}
          className="w-full"
          type={isSecret ? 'password' : 'text'}
          autoComplete={isSecret ? 'new-password' : 'off'}
          spellCheck={false}
          readOnly={isReadOnly}
          {...field(name)}
          label={t(`${key}.label`)}
          hint={isSecret && isStored ? common('secretStored') : t(`${key}.hint`)}
        />
      )
    })
}
