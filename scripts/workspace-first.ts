import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Runs project after project, and begins with the tests of the whole: their longest file would run alone at the end. */
export class WorkspaceFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(
      files.toSorted((a, b) => rankOf(a) - rankOf(b) || nameOf(a).localeCompare(nameOf(b))),
    )
  }
}

function rankOf(file: TestSpecification): number {
  return nameOf(file) === 'workspace' ? 0 : 1
}

function nameOf({ project }: TestSpecification): string {
  return project.name
}
