/** Imports a package of this folder, whose types are not known to the workspace. */
export function load(name: string): Promise<unknown> {
  return import(name) as Promise<unknown>
}
