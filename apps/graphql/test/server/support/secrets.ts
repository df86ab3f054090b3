/** Stands in every credential that a test uses, so that none can be forgotten by the leak check. */
export const SECRET_MARK = 's3cret'

/** The credentials that tests of the server use. None of them may ever come out of it. */
export const OCTOPODS_KEY = 'octo-s3cret-key'
export const WACR_TOKEN = 'wacr-s3cret-token/+='
export const SERVER_TOKEN = 'server-s3cret-token~1'
export const OTHER_SERVER_TOKEN = 'server-s3cret-token~2'

export const SECRETS: readonly string[] = [OCTOPODS_KEY, WACR_TOKEN, SERVER_TOKEN, OTHER_SERVER_TOKEN]
