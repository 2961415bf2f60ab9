/** What text is when it is not JSON: a sentence that tells the reader what to do with it. */
export function nonJsonHint(text: string): string | undefined {
  const start = text.slice(0, 4096).trimStart()
  if (start.startsWith('<')) {
    if (/<ClinicalDocument\b|urn:hl7-org:v3/.test(start))
      return 'This is a C-CDA document in XML, not FHIR JSON. Upload it as a document.'
    if (/http:\/\/hl7\.org\/fhir/.test(start))
      return 'This is FHIR in XML. Export it again as JSON (FHIR R4), or upload it as a document.'
    return /^<(!doctype html|html)/i.test(start)
      ? 'This is a web page, perhaps a sign-in page saved in place of the record.'
      : 'This is XML, not FHIR JSON. Upload it as a document.'
  }
  if (/^(MSH|FHS|BHS)\|/.test(start))
    return 'This is an HL7 v2 message, not FHIR JSON. Upload it as a document.'
  if (start.startsWith('%PDF-')) return 'This is a PDF. Upload it as a document.'
  if (start.startsWith('PK\u0003\u0004'))
    return 'This is a zip archive: unpack it and import the JSON files in it.'
  return undefined
}
