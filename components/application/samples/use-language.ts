'use client'

import { useSyncExternalStore } from 'react'

export const sampleLanguages = ['curl', 'node', 'python'] as const
export type SampleLanguage = (typeof sampleLanguages)[number]

const storageKey = 'wxbot-samples'
const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): SampleLanguage {
  const stored = localStorage.getItem(storageKey)
  return sampleLanguages.find((language) => language === stored) ?? 'curl'
}

/** Returns the viewer's language of samples, stored in the browser. */
export function useLanguage(): [SampleLanguage, (language: string) => void] {
  const language = useSyncExternalStore(subscribe, read, () => 'curl' as const)
  const choose = (next: string) => {
    localStorage.setItem(storageKey, next)
    for (const listener of listeners) listener()
  }
  return [language, choose]
}
