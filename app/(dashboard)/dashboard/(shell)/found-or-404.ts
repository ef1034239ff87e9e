import { notFound } from 'next/navigation'
import { AppError } from '@/lib/errors'

/** Awaits the data of a page; shows the 404 page if it is not found. */
export async function foundOr404<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'ROBOT_NOT_FOUND')) notFound()
    throw error
  }
}
