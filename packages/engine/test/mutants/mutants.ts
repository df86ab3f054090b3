import { CHECK_MUTANTS } from './check-mutants.js'
import { MOVEMENT_MUTANTS } from './movement-mutants.js'
import type { Mutant } from './mutant.js'

/** Every defect that the tests plant. */
export const MUTANTS: readonly Mutant[] = [...MOVEMENT_MUTANTS, ...CHECK_MUTANTS]
