'use client'

import { createContext, useContext, type ReactNode } from 'react'

const RoleContext = createContext<'admin' | 'viewer'>('viewer')

export function RoleProvider({ role, children }: { role: 'admin' | 'viewer'; children: ReactNode }) {
  return <RoleContext value={role}>{children}</RoleContext>
}

/** Returns whether this operator may change things; the server checks every request again. */
export function useCanChange(): boolean {
  return useContext(RoleContext) === 'admin'
}
