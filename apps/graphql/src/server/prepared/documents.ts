import { createHash } from 'node:crypto'
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type ParseOptions,
  type Source,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { DocumentReader } from '../document.js'
import { type PreparedList, prepareOperation } from './prepared-operation.js'

/** A document that is within the limits and valid, and what follows from it. */
export interface KnownDocument {
  readonly document: DocumentNode
  /** Of its text: equal for equal queries, whatever their variables. */
  readonly hash: string
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** @returns null where the document has no such operation, or several and no name was given */
  operation(name: string | undefined): KnownOperation | null
}

/** One operation of a document. */
export interface KnownOperation {
  readonly operation: OperationDefinitionNode
  /** The lists that it asks for, ready to be answered; null where GraphQL has to execute it. */
  readonly lists: readonly PreparedList[] | null
  /** GraphQL has to execute it from now on: its answers turned out not to be plain. */
  giveUp(): void
}

/** Reads documents, and keeps those that are valid: clients send the same ones again and again. */
export interface Documents extends DocumentReader {
  /** A document that was found valid lately; null for any other. */
  find(text: string): KnownDocument | null
  /** What is known of a document that was read. */
  of(document: DocumentNode): KnownDocument
}

/** How many characters the texts of all kept documents may have together. What is made of one takes about thirty times as much. */
const MOST_CHARACTERS = 500_000

export function createDocuments(reader: DocumentReader): Documents {
  const kept = new LRUCache<string, KnownDocument>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (_, text) => text.length + 1,
  })
  const valid = new WeakSet<DocumentNode>()
  const read = new WeakMap<DocumentNode, KnownDocument>()
  const of = (document: DocumentNode): KnownDocument => {
    const known = read.get(document) ?? describeDocument(document)
    read.set(document, known)
    return known
  }
  return {
    of,
    find: (text) => kept.get(text) ?? null,
    parse: (source: string | Source, options?: ParseOptions) =>
      (typeof source === 'string' ? kept.get(source)?.document : undefined) ?? reader.parse(source, options),
    validate: (schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] => {
      if (valid.has(document)) return []
      const errors = reader.validate(schema, document)
      const text = document.loc?.source.body
      if (errors.length === 0 && text !== undefined) {
        valid.add(document)
        kept.set(text, of(document))
      }
      return errors
    },
  }
}

function describeDocument(document: DocumentNode): KnownDocument {
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  )
  const operations = new Map<OperationDefinitionNode, KnownOperation>()
  return {
    document,
    hash: hashOf(document),
    fragments,
    operation: (name) => {
      const operation = getOperationAST(document, name)
      if (!operation) return null
      const known = operations.get(operation) ?? describeOperation(operation, fragments)
      operations.set(operation, known)
      return known
    },
  }
}

function describeOperation(
  operation: OperationDefinitionNode,
  fragments: KnownDocument['fragments'],
): KnownOperation {
  // Most documents that come once need not be prepared.
  let lists: readonly PreparedList[] | null | undefined
  return {
    operation,
    get lists() {
      lists ??= lists === null ? null : prepareOperation(operation, fragments)
      return lists
    },
    giveUp: () => {
      lists = null
    },
  }
}

function hashOf({ loc }: DocumentNode): string {
  return createHash('sha256')
    .update(loc?.source.body ?? '')
    .digest('hex')
    .slice(0, 16)
}
