import { queryOptions } from '@tanstack/react-query'
import type { AssistantView } from '@/app/api/dashboard/views/assistant'
import type { QunDetail, QunRow } from '@/app/api/dashboard/views/quns'
import { callDashboard } from '@/components/queries/call-dashboard'

const calmMs = 5000

export const qunsQuery = () =>
  queryOptions({ queryKey: ['quns'], queryFn: () => callDashboard<QunRow[]>('/quns'), refetchInterval: calmMs })

export const qunQuery = (qunId: string) =>
  queryOptions({
    queryKey: ['quns', qunId],
    queryFn: () => callDashboard<QunDetail>(`/quns/${qunId}`),
    refetchInterval: calmMs / 2,
  })

export const assistantQuery = (robotId: string) =>
  queryOptions({
    queryKey: ['robots', robotId, 'assistant'],
    queryFn: () => callDashboard<AssistantView>(`/robots/${robotId}/assistant`),
    refetchInterval: calmMs,
  })
