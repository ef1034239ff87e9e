'use client'

import { useEffect, useState } from 'react'

/** Returns a value once it has not changed for the delay. */
export function useDebouncedValue<Value>(value: Value, debounceMs: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), debounceMs)
    return () => clearTimeout(timer)
  }, [value, debounceMs])
  return settled
}
