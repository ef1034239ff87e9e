import type { ChannelView } from '@/lib/dashboard/alert/view'

/** The state of a channel, as its badge shows it. */
export function channelStateOf({ isEnabled, problem }: ChannelView): 'on' | 'failing' | 'off' {
  return !isEnabled ? 'off' : problem ? 'failing' : 'on'
}
