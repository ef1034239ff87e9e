import Link from 'next/link'
import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import type { ConnectionChoices } from '@/lib/dashboard/robot/connections'
import type { ChosenConnection } from '@/lib/db/types'
import { SelectField } from '@/components/ui/field'

type Connectors = ConnectionChoices['connectors']

/** The connectors whose type a connection needs. */
export function fittingConnectors(
  options: ConnectionChoices | undefined,
  connection: ChosenConnection | undefined,
): Connectors {
  const type = options?.choices.find((choice) => choice.connection === connection)?.connectorType
  return options?.connectors.filter((connector) => connector.type === type) ?? []
}

type Props = { connectors: Connectors; field: Omit<ComponentProps<typeof SelectField>, 'label' | 'children'> }

/** Selects whose credentials a new robot uses; without one, links to the page that creates it. */
export function ConnectorSelect({ connectors, field }: Props) {
  const t = useTranslations('connector')
  if (connectors.length === 0)
    return (
      <p className="rounded-lg bg-warn-soft p-3 text-sm text-warn">
        {t('noneLent')}{' '}
        <Link href="/dashboard/settings/connectors" className="link">
          {t('toConnectors')}
        </Link>
      </p>
    )
  const preset = connectors.find(({ isDefault }) => isDefault)
  return (
    <SelectField label={t('choose')} hint={t('chooseHint')} {...field}>
      <option value="">{preset ? preset.name : t('chooseNone')}</option>
      {connectors
        .filter((connector) => connector !== preset)
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
    </SelectField>
  )
}
