import { useSuspenseQuery } from '@tanstack/react-query'
import type { ApplicationDetail } from '@/app/api/dashboard/views/applications'
import { applicationQuery } from '@/components/queries/queries'

/** The application whose frame this stands in, which has read it already. */
export function useApplication(applicationId: string): ApplicationDetail {
  return useSuspenseQuery(applicationQuery(applicationId)).data
}
