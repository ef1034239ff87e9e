import { z } from 'zod'
import {
  atLeast,
  days,
  encryptionKeys,
  listenHost,
  networkList,
  numberList,
  oneOf,
  port,
  serverUrl,
  share,
  signingSecret,
  webhookUrl,
  webOrigin,
  wholeNumber,
} from '@/lib/env-rules'

const schema = z.object({
  /** Set by the start commands. */
  NODE_ENV: oneOf(['development', 'production', 'test']).default('production'),
  /** Address to listen on (web and worker); 127.0.0.1 under `npm start`. */
  HOST: listenHost.default('0.0.0.0'),
  /** Port of web. */
  PORT: port(3000),
  /** Address that browsers and phones see: scheme, host and port, no path. */
  PUBLIC_URL: webOrigin,
  /** Data folder of `npm start`: its Postgres, generated secrets, the simulator's world. */
  DATA_DIR: z.string().default('./.data'),
  /** Postgres, reached directly or by a session-mode pooler; `npm start` brings its own. */
  DATABASE_URL: serverUrl('postgres', 'postgresql'),
  /** Whether repeated statements are prepared, which saves most of their parsing and planning; `off` for a transaction-mode pooler. */
  DATABASE_PREPARED: oneOf(['on', 'off']).default('on'),
  /** Queue on Redis instead of Postgres; maxmemory-policy must be noeviction. */
  REDIS_URL: serverUrl('redis', 'rediss').optional(),
  /** The real WeChat or the simulator; `npm start` uses the simulator. */
  WECHAT: oneOf(['simulator', 'real']).default('real'),
  /** One origin in place of all WeChat hosts. */
  WECHAT_ORIGIN: webOrigin.optional(),
  /** Connection of a robot that is created without one; unset: `web` with the simulator, otherwise `ilink`. */
  DEFAULT_CONNECTION: oneOf(['web', 'ilink']).optional(),
  /** One origin in place of all iLink hosts. */
  ILINK_ORIGIN: webOrigin.optional(),
  /** One origin in place of WeCom's host. */
  WECOM_ORIGIN: webOrigin.optional(),
  /** `accepted` allows the web protocol with real accounts, which WeChat logs out and bars from scan logins. */
  WECHAT_WEB_RISK: oneOf(['refused', 'accepted']).default('refused'),
  /** Port of the worker's health checks and metrics. */
  WORKER_PORT: port(3001),
  /** Read by the simulator under `npm start`. */
  SIMULATOR_PORT: port(3002),
  /** id:key[,id:key], each key 32 random bytes in base64; the first encrypts, all decrypt. */
  ENCRYPTION_KEY: encryptionKeys,
  /** Signs dashboard sessions; a minimum of 32 characters. */
  AUTH_SECRET: signingSecret,
  /** First operator, created by `npm run migrate` if there is none. */
  ADMIN_EMAIL: z.email('must be an email address').optional(),
  ADMIN_PASSWORD: atLeast(10).optional(),
  /** An operator's sign-in ends this long after it began, and after this long without use. */
  SESSION_HOURS: wholeNumber(1, 720, 12),
  SESSION_IDLE_MINUTES: wholeNumber(1, 1440, 30),
  /** Private networks and hosts that callbacks and image links may reach; empty: none. */
  EGRESS_ALLOW: networkList({ hosts: true }),
  /** Networks that may call /wxbot; empty: none. */
  QUN_ALLOW: networkList({ hosts: false }),
  /** Additional Bearer token that /wxbot requires. */
  QUN_TOKEN: atLeast(20).optional(),
  /** Members that WeChat adds to a room directly, the assistant included; beyond it sends invitation cards. */
  QUN_DIRECT_LIMIT: wholeNumber(3, 500, 40),
  /** Maximum members of a room. */
  QUN_MEMBER_LIMIT: wholeNumber(3, 10_000, 500),
  /** Name of a new room; {owner} and {number} are replaced. */
  QUN_ROOM_NAME: z
    .string()
    .max(60, 'must have a maximum of 60 characters')
    .refine((text) => text.includes('{number}'), 'must contain {number}, which makes room names different')
    .default('{owner}的群 {number}'),
  /** First message in a new room. */
  QUN_GREETING: z.string().max(500, 'must have a maximum of 500 characters').default('群已建好，欢迎大家。'),
  /** Proxies whose X-Forwarded-For counts. */
  TRUSTED_PROXIES: networkList({ hosts: false }),
  /** Maximum open connections of one web process; further ones are refused. */
  MAX_CONNECTIONS: wholeNumber(10, 100_000, 2000),
  /** Our own ports on this machine, never reachable by callbacks or image links; set by `npm start`. */
  OWN_PORTS: numberList,
  /** `warn` under `npm start`. */
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Maximum time to stop in order; 10000 under `npm start`. */
  STOP_TIMEOUT_MS: wholeNumber(1000, 120_000, 25_000),
  /** Seconds that a silent worker keeps its robots. */
  LEASE_SECONDS: wholeNumber(3, 300, 6),
  /** Callback attempts: seconds since the previous attempt; a first 0 is the first attempt itself. */
  CALLBACK_SCHEDULE_SECONDS: numberList.transform((seconds) =>
    seconds.length ? seconds : [0, 5, 300, 1800, 7200, 18_000, 36_000, 36_000],
  ),
  /** Bearer token of web's /metrics; unset: web has no metrics. */
  METRICS_TOKEN: atLeast(20).optional(),
  /** OTLP/HTTP address to which web and worker send traces; unset: no traces. Its headers, as `name=value,name=value`. */
  OTEL_EXPORTER_OTLP_ENDPOINT: webhookUrl.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  /** Share of traces that are recorded, from 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: share(1),
  /** Receives a POST when a callback endpoint is paused. */
  ALERT_WEBHOOK_URL: webhookUrl.optional(),
  /** Limits of each application; 0 = none. Its media limit is in megabytes of received files. */
  APPLICATION_MAX_ROBOTS: wholeNumber(0, 1_000_000, 1000),
  APPLICATION_MAX_LOGINS: wholeNumber(0, 1_000_000, 100),
  APPLICATION_MAX_MEDIA_MB: wholeNumber(0, 100_000_000, 10_240),
  /** Days that endpoints' responses, callbacks, received files and session history are kept. */
  CALLBACK_ANSWER_DAYS: days(7),
  CALLBACK_EVENT_DAYS: days(30),
  MEDIA_DAYS: days(30),
  /** Days that messages are kept; received files end with their message. */
  MESSAGE_DAYS: days(180),
  SESSION_CHANGE_DAYS: days(90),
})

export type Env = z.output<typeof schema>

type Source = Record<string, string | undefined>

/** A wrong setting: the variables that it concerns, and what is wrong. */
export type EnvProblem = { names: string[]; reason: string }

export type Variable = { name: string; isRequired: boolean; fallback: string }

/** Lists every variable with its default under `start:web` and `start:worker`; "": none. */
export function listVariables(): Variable[] {
  return Object.entries(schema.shape).map(([name, rule]) => {
    const { success, data } = rule.safeParse(undefined)
    return {
      name,
      isRequired: !success,
      fallback: [data ?? []]
        .flat()
        .map((item) => (typeof item === 'object' ? '' : String(item)))
        .join(','),
    }
  })
}

/** Lists every problem of an environment; an empty list means that the product can start with it. */
export function findEnvProblems(source: Source): EnvProblem[] {
  return check(schema, source).problems
}

/** Words problems for the person at the terminal, one line each. */
export function describeProblems(problems: readonly EnvProblem[]): string {
  const lines = problems.map(({ names, reason }) => `  ${names.join(' and ')}: ${reason}`)
  return ['Invalid environment variables:', ...lines].join('\n')
}

/** Reads the environment, or throws one error that lists every problem. An empty variable counts as unset; an empty list allows nothing. */
export function parseEnv(source: Source): Env {
  return parse(schema, source)
}

/** Reads this process's environment; at a problem prints all of them and exits with 1. */
export function loadEnv(): Env {
  return orExit(() => parse(schema, process.env))
}

/** Reads only the variables that a short-lived process needs; at a problem prints all of them and exits with 1. */
export function loadEnvPart<Name extends keyof Env>(...names: Name[]): Pick<Env, Name> {
  const part = schema.pick(Object.fromEntries(names.map((name) => [name, true])) as never)
  return orExit(() => parse(part, process.env) as unknown as Pick<Env, Name>)
}

/** Sets what libraries insist on reading from the environment themselves; call it before they are loaded. */
export function shareWithLibraries(env: Env): void {
  Object.assign(process.env, {
    NODE_ENV: env.NODE_ENV,
    NEXTAUTH_URL: env.PUBLIC_URL,
    NEXTAUTH_SECRET: env.AUTH_SECRET,
    NEXT_TELEMETRY_DISABLED: '1',
  })
}

function parse<Part extends z.ZodObject>(part: Part, source: Source): z.output<Part> {
  const { data, problems } = check(part, source)
  if (data === undefined) throw new Error(describeProblems(problems))
  return data
}

function whenMissing(name: string): string {
  const isOfStart = name === 'DATABASE_URL'
  return isOfStart
    ? 'is required; "npm start" sets it for commands in its folder, with the same DATA_DIR, once it has run'
    : 'is required'
}

function check<Part extends z.ZodObject>(part: Part, source: Source) {
  const variables = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = part.safeParse(variables)
  const problems: EnvProblem[] = (parsed.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0])
    return { names: [name], reason: variables[name] === undefined ? whenMissing(name) : message }
  })
  // A refinement of the whole object would not run while one of its variables is wrong.
  problems.push(...findEqualPorts(variables).filter(({ names }) => names.every((name) => name in part.shape)))
  return { data: problems.length > 0 ? undefined : parsed.data, problems }
}

/** Only ports that are set: web and worker may run on two machines, each with its own port. */
function findEqualPorts(variables: Source): EnvProblem[] {
  const names = ['PORT', 'WORKER_PORT', 'SIMULATOR_PORT'].filter((name) => variables[name] !== undefined)
  return names.flatMap((name, index) => {
    const twins = names.slice(index + 1).filter((other) => Number(variables[other]) === Number(variables[name]))
    return twins.map((twin) => ({
      names: [name, twin],
      reason: `are both ${variables[name]}; each needs its own port`,
    }))
  })
}

function orExit<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
