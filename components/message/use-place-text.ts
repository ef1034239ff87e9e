import { useCallback } from 'react'
import { useTranslations } from 'use-intl'

type Place = { direction: 'in' | 'out'; roomName: string | null; peerName: string | null }

/** Returns the words for the place of a message: its room, the person it was sent to, or "private chat". */
export function usePlaceText() {
  const t = useTranslations('message')
  return useCallback(
    ({ direction, roomName, peerName }: Place) =>
      // The name of a person who writes is next to it already.
      roomName ?? ((direction === 'out' && peerName) || t('privateChat')),
    [t],
  )
}
