import { loadEnvPart } from '@/lib/env'
import { createSealer, type Sealer } from '@/lib/secret'

/** Creates the sealer of this installation. Without a valid ENCRYPTION_KEY the process prints the problem and exits with 1. */
export function openSealer(): Sealer {
  return createSealer(loadEnvPart('ENCRYPTION_KEY').ENCRYPTION_KEY)
}
