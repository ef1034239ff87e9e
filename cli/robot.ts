import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { recordAudit, recordChange } from '@/lib/audit/record-audit'
import type { Tx } from '@/lib/db/client'
import type { ChosenConnection } from '@/lib/db/types'
import { loadEnvPart } from '@/lib/env'
import { createRobot } from '@/lib/robot/create-robot'
import { listRobots } from '@/lib/robot/list-robots'
import { readChangeable } from '@/lib/robot/read-changeable'
import { setCompanions } from '@/lib/membership/set-companions'
import { listCompanions } from '@/lib/robot/companions'
import { updateRobot } from '@/lib/robot/update-robot'
import {
  readBoolean,
  readConnection,
  readDuration,
  readName,
  readPercent,
  readPersonName,
  readRate,
  readServicer,
  readWelcome,
} from '@/cli/read-option'
import { requireApplication, requireRobot } from '@/cli/resolve'
import { robotContacts } from '@/cli/robot-contacts'
import { robotReads } from '@/cli/robot-reads'
import type { LoginOptions, SendOptions } from '@/cli/robot-actions'
import { type Action, withAction, withLongAction, withExamples } from '@/cli/run-command'

type Change = {
  robot: string
  sendRate?: number
  sendJitter?: number
  assistant?: boolean
  nicknamesCount?: boolean
  welcome?: string
  handoverInService?: boolean
  servicer?: string
  companion?: string[]
  qr?: string
}

const columns = { robots: ['id', 'username', 'nickname', 'connection', 'status', 'isAssistant', 'applicationId'] }

/** `robot list`, `create`, `login`, `send`, `update` and those of `robotReads` and `robotContacts`. Spec: D4 (commands). */
export function robotCommand(): Command {
  const list = new Command('list').description('list robots').option('--application <id>', 'only its robots')
  const create = new Command('create')
    .description('create a robot, or return the existing one with this username')
    .requiredOption('--application <id>', 'application id')
    .requiredOption('--username <name>', 'name of the robot in the API', readName)
    .option(
      '--connection <web|ilink|wecom_kf|gateway>',
      'how the robot reaches WeChat; cannot be changed later',
      readConnection,
    )
    .option('--connector <id>', 'connector of a wecom_kf or gateway robot; by default that of the application')
    .option('--create', 'wecom_kf: create the customer service account under this name if there is none')
  const login = new Command('login')
    .description('show a login QR code in the terminal and wait for the scan')
    .requiredOption('--robot <id>', 'robot id')
    .option('--agent-id <text>', 'binds rooms whose names end with its last 6 characters')
    .option('--deadline <time>', 'maximum wait for the scan: 45s, 5m; 0: do not wait', readDuration, 300)
  const send = new Command('send')
    .description('send a message and wait until WeChat has accepted it')
    .requiredOption('--robot <id>', 'robot id')
    .requiredOption('--to <id>', 'room id, contact id, or filehelper')
    .option('--text <text>', 'text message')
    .option('--image <url|file>', 'image: its URL, or a file of this computer')
    .option('--file <file>', 'file of this computer')
    .option('--idempotency-key <key>', 'a repeated call with this key does not send again')
  const collect = (name: string, previous: string[] = []) => [...previous, readPersonName(name)]
  const update = new Command('update')
    .description('update a robot')
    .requiredOption('--robot <id>', 'robot id')
    .option('--send-rate <n>', 'maximum messages per minute; 0: no limit', readRate)
    .option('--send-jitter <percent>', 'random variation of the interval between two messages, 0 to 50', readPercent)
    .option('--assistant <true|false>', 'whether the robot is a group assistant (群助手)', readBoolean)
    .option(
      '--nicknames-count <true|false>',
      'whether a nickname identifies a person; otherwise only a remark, the group code or a join token does',
      readBoolean,
    )
    .option('--companion <name>', 'nickname or remark of a starter contact (建群好友); repeatable', collect)
    .option(
      '--welcome <text>',
      'wecom_kf: text for a person who opens the chat for the first time; empty: none',
      readWelcome,
    )
    .option('--handover-in-service <true|false>', 'wecom_kf: request a person in WeCom as well', readBoolean)
    .option(
      '--servicer <userid>',
      'wecom_kf: the employee who is requested there; empty: any from the queue',
      readServicer,
    )
    .option('--qr <file>', "image of the account's WeChat QR code, for join pages")
  const commands = [
    withAction<{ application?: string }>(list, runList, columns),
    withAction<NewRobot>(create, runCreate),
    withLongAction<LoginOptions>(login, async (db, options) => (await loadActions()).logRobotIn(db, options)),
    withLongAction<SendOptions>(send, async (db, options) => (await loadActions()).sendByRobot(db, options)),
    withAction<Change>(update, change),
    ...robotReads(),
    ...robotContacts(),
  ]
  const robot = new Command('robot').description('manage robots (WeChat accounts)')
  for (const command of commands) robot.addCommand(command)
  return withExamples(
    robot,
    'robot list --application app_…',
    'robot create --application app_… --username weimi1001',
    'robot login --robot rbt_… --deadline 5m',
    'robot send --robot rbt_… --to room_… --text 您的订单已发货',
    'robot contacts --robot rbt_… --search 陈',
    'robot send --robot rbt_… --to room_… --file 报价单.xlsx',
    'robot messages --robot rbt_… --with room_… --limit 20',
    'robot update --robot rbt_… --assistant true --companion 陈静 --companion 杨洋',
  )
}

/** Loaded on demand, because the queue's libraries take longer to load than most commands to run. */
const loadActions = () => import('@/cli/robot-actions')

const runList: Action<{ application?: string }> = async (tx, { application: applicationId }) => {
  if (applicationId !== undefined) await requireApplication(tx, applicationId)
  return { robots: await listRobots(tx, { applicationId }) }
}

type NewRobot = {
  application: string
  username: string
  connection?: ChosenConnection
  connector?: string
  create?: boolean
}

const runCreate: Action<NewRobot> = async (tx, options) => {
  const { application: applicationId, username, connection, connector: connectorId, create: createsAccount } = options
  await requireApplication(tx, applicationId)
  const settings = loadEnvPart('APPLICATION_MAX_ROBOTS', 'WECHAT', 'WECHAT_WEB_RISK', 'DEFAULT_CONNECTION')
  const maxRobots = settings.APPLICATION_MAX_ROBOTS
  const wanted = { applicationId, username, connection, connectorId, createsAccount }
  const { robot, isNew } = await createRobot(tx, { ...wanted, maxRobots, settings })
  const detail = { applicationId, username, connection: robot.connection }
  if (isNew) await recordAudit(tx, { actor: 'cli', action: 'robot.create', targetId: robot.id, detail })
  return { robot }
}

async function change(
  tx: Tx,
  {
    robot: robotId,
    sendRate,
    sendJitter,
    assistant: isAssistant,
    nicknamesCount: acceptsNicknames,
    welcome: welcomeText,
    handoverInService: handsOverInService,
    servicer: servicerId,
    companion: names,
    qr,
  }: Change,
) {
  await requireRobot(tx, robotId)
  const before = await readChangeable(tx, robotId)
  const pace = { sendRatePerMinute: sendRate, sendJitterPercent: sendJitter }
  const reception = { welcomeText, handsOverInService, servicerId }
  const robot = await updateRobot(tx, { robotId, ...pace, isAssistant, acceptsNicknames, ...reception })
  if (names) await setCompanions(tx, { robotId, names })
  if (qr) await (await import('@/lib/robot/contact-qr')).setContactQr(tx, { robotId, bytes: await readFile(qr) })
  const after = await readChangeable(tx, robotId)
  await recordChange(tx, { actor: 'cli', action: 'robot.update', targetId: robotId, before, after })
  return { robot, companions: (await listCompanions(tx, { robotId })).map(({ name }) => name) }
}
