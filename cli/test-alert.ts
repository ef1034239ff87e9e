import { testAlertChannel } from '@/lib/actions/change-alert-channel'
import type { Db } from '@/lib/db/client'
import { openWorkerCalls } from '@/cli/open-worker-calls'
import { saySentence } from '@/cli/say-sentence'

/** Makes a worker send a test message and returns how it ended, in the language of the terminal. @throws when no worker responds. */
export async function testAlert(db: Db, channelId: string) {
  const calls = await openWorkerCalls(db)
  try {
    const problem = await testAlertChannel(calls.context, { who: { actor: 'cli' } }, { channelId })
    return { channelId, isAccepted: problem === null, ...(problem && { problem: saySentence(problem) }) }
  } finally {
    await calls.close()
  }
}
