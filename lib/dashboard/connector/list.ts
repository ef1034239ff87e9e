import { listApplicationNames } from '@/lib/application/list-applications'
import { type ListedConnector, listConnectors } from '@/lib/connector/list-connectors'
import type { WebContext } from '@/lib/http/web-context'

export type ConnectorView = Pick<ListedConnector, 'id' | 'type' | 'name' | 'isAssistant' | 'robotCount'> & {
  check: CheckState
  problemCount: number
  /** null: never checked, or changed since. */
  checkedAt: string | null
  applicationNames: string[]
}

export type CheckState = 'unchecked' | 'passed' | 'failed'

/** Lists the connectors, newest first. */
export async function readConnectors({ db }: WebContext): Promise<ConnectorView[]> {
  const connectors = await listConnectors(db)
  const ids = [...new Set(connectors.flatMap(({ applicationIds }) => applicationIds))]
  const names = new Map((await listApplicationNames(db, { ids })).map(({ id, name }) => [id, name]))
  return connectors.map(({ id, type, name, isAssistant, robotCount, problems, checkedAt, applicationIds }) => ({
    id,
    type,
    name,
    isAssistant,
    robotCount,
    check: checkStateOf(problems),
    problemCount: problems?.length ?? 0,
    checkedAt: checkedAt?.toISOString() ?? null,
    applicationNames: applicationIds.map((applicationId) => names.get(applicationId) ?? applicationId),
  }))
}

export function checkStateOf(problems: unknown[] | null): CheckState {
  return problems === null ? 'unchecked' : problems.length === 0 ? 'passed' : 'failed'
}
