import { useQuery } from '@urql/preact'
import { SourceNamesDocument } from '../api/operations.js'

/** What people call a source, by its id from the configuration; the id itself while the label is not known. */
export function useSourceLabels(): (key: string) => string {
  const [{ data }] = useQuery({ query: SourceNamesDocument })
  const labels = new Map(data?.sources.map(({ key, label }) => [key, label]))
  return (key) => labels.get(key) ?? key
}
