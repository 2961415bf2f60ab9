import {
  type InternalSchemaElement,
  type InternalTypeSchema,
  loadDataType,
  tryGetDataType,
} from '@medplum/core'
import type { StructureDefinition } from '@medplum/fhirtypes'

/** What `scripts/prune-definitions.mjs` writes: R4's structures, invariants and required codes, without the prose. */
export interface R4Definitions {
  /** Of this file, raised when its shape changes. */
  readonly format: number
  readonly fhirVersion: string
  /** [key, FHIRPath, sentence]; elements name an invariant by its place. */
  readonly invariants: readonly (readonly string[])[]
  /** Value set → code system → codes. Only sets that a required binding names and that are finite lists. */
  readonly codes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
  readonly structures: readonly R4Structure[]
}

interface R4Structure {
  readonly name: string
  readonly type: string
  readonly root: string
  readonly kind: string
  readonly abstract: boolean
  readonly elements: readonly (readonly unknown[])[]
}

/** [path below the root, min, max, types, more] */
type CompactElement = readonly [
  string,
  number,
  string,
  string,
  { base?: string; ref?: string; inv?: number[]; codes?: string }?,
]

export type Schema = InternalTypeSchema
export type SchemaElement = InternalSchemaElement

const FORMAT = 1
const BASE = 'http://hl7.org/fhir/StructureDefinition/'

function expandTypes(types: string) {
  if (types === '') return undefined
  return types.split(' ').map((type) => {
    const [code = '', targets] = type.replace(')', '').split('(')
    return targets ? { code, targetProfile: targets.split('|').map((name) => BASE + name) } : { code }
  })
}

function expandElement(element: CompactElement, root: string, definitions: R4Definitions) {
  const [below, min, max, types, more] = element
  const path = below === '' ? root : `${root}.${below}`
  return {
    id: path,
    path,
    min,
    max,
    ...(more?.base && { base: { path, min, max: more.base } }),
    ...(types && { type: expandTypes(types) }),
    ...(more?.ref && { contentReference: `#${more.ref}` }),
    ...(more?.codes && { binding: { strength: 'required', valueSet: more.codes } }),
    ...(more?.inv && {
      constraint: more.inv.map((place) => {
        const [key = '', expression = '', human = ''] = definitions.invariants[place] ?? []
        return { key, severity: 'error', human, expression }
      }),
    }),
  }
}

/** The schemas of one set of definitions. A resource type is expanded when it is first asked for (about 2 ms). */
export interface SchemaSource {
  /** The schema of a resource or data type, or undefined where R4 has none of that name. */
  schemaOf(type: string): Schema | undefined
}

/**
 * Hands definitions to Medplum's validator, which keeps one table of types per process.
 * @throws TypeError when the argument is not the content of generated/r4-definitions.json
 */
export function loadDefinitions(definitions: R4Definitions): SchemaSource {
  if (!Array.isArray(definitions?.structures) || typeof definitions.codes !== 'object')
    throw new TypeError(
      'These are not R4 definitions: pass the parsed content of generated/r4-definitions.json.',
    )
  if (definitions.format !== FORMAT)
    throw new TypeError(
      'These definitions are of another version: run packages/fhir/scripts/prune-definitions.mjs.',
    )
  const waiting = new Map<string, R4Structure>()
  const load = (structure: R4Structure) => {
    waiting.delete(structure.name)
    const definition = {
      resourceType: 'StructureDefinition',
      url: BASE + structure.name,
      name: structure.name,
      type: structure.type,
      kind: structure.kind,
      abstract: structure.abstract,
      snapshot: {
        element: structure.elements.map((element) =>
          expandElement(element as unknown as CompactElement, structure.root, definitions),
        ),
      },
    }
    loadDataType(definition as unknown as StructureDefinition)
  }
  for (const structure of definitions.structures) {
    if (structure.kind === 'resource' && !structure.abstract) waiting.set(structure.name, structure)
    else load(structure)
  }
  return {
    schemaOf(type) {
      const structure = waiting.get(type)
      if (structure) load(structure)
      return tryGetDataType(type)
    },
  }
}
