import { Command } from 'commander'
import { createApplication } from '@/lib/application/create-application'
import { defaultOverlapSeconds } from '@/lib/application/overlap'
import { separateCallbackToken } from '@/lib/application/separate-callback-token'
import { updateApplication } from '@/lib/application/update-application'
import { recordAudit } from '@/lib/audit/record-audit'
import type { CallbackEventType, RoomScope } from '@/lib/db/types'
import { openSealer } from './open-sealer'
import { readBoolean, readCallbackUrl, readDuration, readEvents, readName, readScope } from './read-option'
import { type Act, actOn } from './run-command'

type Settings = { name?: string; callbackUrl?: string; scope?: RoomScope; events?: CallbackEventType[] }

/** `application create`, `application update` and `application callback-token`. Spec: decisions D. */
export function applicationCommand(): Command {
  const create = new Command('create').requiredOption('--name <name>', 'its name', readName)
  const update = new Command('update')
    .requiredOption('--application <id>', 'which one')
    .option('--name <name>', 'its name', readName)
    .option('--disabled <true|false>', 'refuse its tokens and send it nothing', readBoolean)
  const callbackToken = new Command('callback-token')
    .description('a token for its callbacks alone')
    .requiredOption('--application <id>', 'whose')
    .option('--name <name>', 'its name', readName, 'callbacks')
    .option('--overlap <time>', 'when callbacks switch to it: 45s, 30m, 24h, 7d', readDuration, defaultOverlapSeconds)
  for (const command of [create, update])
    command
      .option('--callback-url <url>', 'where messages are POSTed', readCallbackUrl)
      .option('--scope <bound|all|all+private>', 'whose messages', readScope)
      .option('--events <a,b>', 'which events', readEvents)
  return new Command('application')
    .description('tenants: their callback endpoint and secrets')
    .addCommand(actOn(create, createIt))
    .addCommand(actOn(update, updateIt))
    .addCommand(actOn(callbackToken, separateIt))
}

const createIt: Act<Settings & { name: string }> = async (tx, options) => {
  const created = await createApplication(tx, {
    sealer: openSealer(),
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
  const detail = { name, callbackUrl, roomScope: scope, eventTypes: events, isDisabled: disabled }
  await recordAudit(tx, { actor: 'cli', action: 'application.update', targetId: applicationId, detail })
  return { application: updated }
}

const separateIt: Act<{ application: string; name: string; overlap: number }> = async (tx, options) => {
  const { application: applicationId, name, overlap: overlapSeconds } = options
  const sealer = openSealer()
  const { tokenId, token } = await separateCallbackToken(tx, { sealer, applicationId, name, overlapSeconds })
  const detail = { tokenId, overlapSeconds }
  await recordAudit(tx, { actor: 'cli', action: 'application.callback_token', targetId: applicationId, detail })
  return { tokenId, token }
}
