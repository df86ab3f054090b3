import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Runs project after project, and begins with those whose longest file would run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(
      files.toSorted((a, b) => rankOf(a) - rankOf(b) || nameOf(a).localeCompare(nameOf(b))),
    )
  }
}

/** The tests of the whole, and those in a browser. */
const FIRST = ['workspace', 'web']

function rankOf(file: TestSpecification): number {
  const rank = FIRST.indexOf(nameOf(file))
  return rank === -1 ? FIRST.length : rank
}

function nameOf({ project }: TestSpecification): string {
  return project.name
}
