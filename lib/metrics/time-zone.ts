import { z } from 'zod'

/** The name of a time zone. Names only: Postgres and browsers interpret the sign of "+08:00" in opposite ways. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => /^[A-Za-z_]+(\/[\w+-]+)*$/.test(name) && isKnown(name), '未知的时区')

function isKnown(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}
