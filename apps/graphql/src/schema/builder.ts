import SchemaBuilder from '@pothos/core'
import type { OperationContext } from './context.js'

/** What the builder's types are parameterized with. */
export type Types = PothosSchemaTypes.ExtendDefaultTypes<{
  Context: OperationContext
  DefaultFieldNullability: false
  Scalars: {
    /** Inside: milliseconds since the epoch. */
    DateTime: { Input: number; Output: number }
    ID: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
  }
}>

/** An object type whose resolvers get a `Shape`. */
export type ObjectType<Shape> = PothosSchemaTypes.ObjectRef<Types, Shape>
/** An enum type with the given values. */
export type EnumType<Value> = PothosSchemaTypes.EnumRef<Types, Value>
/** An interface whose implementations' resolvers get a `Shape`. */
export type InterfaceType<Shape> = PothosSchemaTypes.InterfaceRef<Types, Shape>
/** An input type that is read as a `Shape`. */
export type InputType<Shape> = PothosSchemaTypes.InputObjectRef<Types, Shape>

/** Every type of the schema is declared on this one builder. Fields are non-null unless they say otherwise. */
export const builder: PothosSchemaTypes.SchemaBuilder<Types> = new SchemaBuilder<Types>({
  defaultFieldNullability: false,
})
