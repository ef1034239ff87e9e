import { describeProblems, type EnvProblem, findEnvProblems } from '@/lib/env'
import { probeServers } from '@/lib/queue/probe-servers'

type Variables = Record<string, string | undefined>

/**
 * Returns all problems of the settings of `npm start` in one text; "": none. `settings` contains the variables with their
 * defaults, `explicit` only those that a person set, `problems` those found by the caller. The servers are probed only if there
 * is no other problem.
 */
export async function checkSettings(options: {
  settings: Variables
  explicit: Variables
  problems: EnvProblem[]
}): Promise<string> {
  const { settings, explicit } = options
  // A default derived from a wrong setting is not a second problem.
  const isExplicit = ({ names }: EnvProblem) => names.some((name) => explicit[name])
  const problems = [...findEnvProblems(settings).filter(isExplicit), ...options.problems]
  if (problems.length > 0) return describeProblems(problems)
  const { DATABASE_URL, REDIS_URL } = explicit
  const unusable = await probeServers({ DATABASE_URL, REDIS_URL: REDIS_URL || undefined })
  return unusable.length > 0 ? describeProblems(unusable) : ''
}
