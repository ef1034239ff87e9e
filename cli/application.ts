import { Command } from 'commander'
import { createApplication } from '@/lib/application/create-application'
import { updateApplication } from '@/lib/application/update-application'
import { recordAudit } from '@/lib/audit/record-audit'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { loadEnvPart } from '@/lib/env'
import { createSealer } from '@/lib/secret'
import { readBoolean, readCallbackUrl, readEvents, readName, readScope } from './read-option'
import { type Act, actOn } from './run-command'

type Settings = { name?: string; callbackUrl?: string; scope?: RoomScope; events?: CallbackEventType[] }

/** `application create` and `application update`. Spec: decisions D. */
export function applicationCommand(): Command {
  const create = new Command('create').requiredOption('--name <name>', 'its name', readName)
  const update = new Command('update')
    .requiredOption('--application <id>', 'which one')
    .option('--name <name>', 'its name', readName)
    .option('--disabled <true|false>', 'refuse its tokens and send it nothing', readBoolean)
  for (const command of [create, update])
    command
      .option('--callback-url <url>', 'where messages are POSTed', readCallbackUrl)
      .option('--scope <bound|all|all+private>', 'whose messages', readScope)
      .option('--events <a,b>', 'which events', readEvents)
  return new Command('application')
    .description('tenants: their callback endpoint and secrets')
    .addCommand(actOn(create, createIt))
    .addCommand(actOn(update, updateIt))
}

const createIt: Act<Settings & { name: string }> = async (tx, options) => {
  const created = await createApplication(tx, {
    sealer: createSealer(loadEnvPart('ENCRYPTION_KEY').ENCRYPTION_KEY),
    name: options.name,
    callbackUrl: options.callbackUrl || null,
    roomScope: options.scope,
    eventTypes: options.events,
  })
  const { applicationId, token, signingSecret } = created
  await recordAudit(tx, { actor: 'cli', action: 'application.create', targetId: applicationId })
  return { applicationId, token, signingSecret }
}

const updateIt: Act<Settings & { application: string; disabled?: boolean }> = async (tx, options) => {
  const { application: applicationId, name, callbackUrl, scope, events, disabled } = options
  const updated = await updateApplication(tx, {
    applicationId,
    name,
    callbackUrl: callbackUrl === undefined ? undefined : callbackUrl || null,
    roomScope: scope,
    eventTypes: events,
    isDisabled: disabled,
  })
  const detail = { name, callbackUrl, scope, events, disabled }
  await recordAudit(tx, { actor: 'cli', action: 'application.update', targetId: applicationId, detail })
  return { application: updated }
}
