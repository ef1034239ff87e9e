import { redirect } from 'next/navigation'

export default async function RobotPage({ params }: { params: Promise<{ robotId: string }> }) {
  redirect(`/dashboard/robots/${(await params).robotId}/session`)
}
