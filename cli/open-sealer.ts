import { loadEnvPart } from '@/lib/env'
import { createSealer, type Sealer } from '@/lib/secret'

/** Opens the installation's sealer; without ENCRYPTION_KEY the command says so and ends. */
export function openSealer(): Sealer {
  return createSealer(loadEnvPart('ENCRYPTION_KEY').ENCRYPTION_KEY)
}
