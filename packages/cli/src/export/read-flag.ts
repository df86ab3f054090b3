import { ParameterError, WaybillError } from '@waybill/core'

/**
 * Reads what a flag says. What is wrong is told of the flag, which is what its caller wrote.
 * @param nameOf what the parameter of the grammar is called on the command line
 * @param errors gets what is wrong.
 */
export function readFlag<Value>(
  nameOf: (parameter: string) => string,
  errors: string[],
  read: () => Value,
): Value | undefined {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error
    errors.push(error instanceof ParameterError ? renamed(error, nameOf).message : error.message)
    return undefined
  }
}

function renamed({ code, issues }: ParameterError, nameOf: (parameter: string) => string): ParameterError {
  const named = issues.map((issue) => ({ ...issue, parameter: nameOf(issue.parameter ?? '') }))
  return new ParameterError(code, named)
}
