const words = {
  storage: {
    title: 'Storage',
    shape:
      'Every record is cut into pieces in groups of {{all}}, one for each bucket. Any {{data}} of them are enough: any {{parity}} buckets may be lost without losing a byte.',
    dashes: 'The dashed line is how many pieces should lie there.',
    whole_one: 'Everything is whole: {{count}} record in the vault, {{size}} sealed.',
    whole_other: 'Everything is whole: {{count}} records in the vault, {{size}} sealed.',
    degraded_one: '{{count}} record misses pieces. It still opens; check and repair now.',
    degraded_other: '{{count}} records miss pieces. They still open; check and repair now.',
    lost_one:
      '{{count}} record has lost more pieces than it can. Bring its buckets back, or restore a backup.',
    lost_other:
      '{{count}} records have lost more pieces than they can. Bring their buckets back, or restore a backup.',
  },
  damaged: {
    title: 'Records that miss pieces',
    hint: 'Named by the root of their ciphertext, as in the ledger: whose they are stands nowhere here.',
    root: 'Root',
    size: 'Size',
    where: 'Missing in',
    missing: '{{bucket}}: {{count}}',
    since: 'Since',
    lost: 'lost',
    more: 'The newest hundred are shown.',
  },
  bucket: {
    states: { ok: 'Well', 'read-only': 'Read-only', full: 'Full', unreachable: 'Does not answer' },
    pieces: 'Pieces',
    of: '{{held}} of {{expected}}',
    size: 'Used',
    free: 'Free',
    latency: 'Answers in',
    kind: 'Kind',
    kinds: { folder: 'folder', s3: 'S3' },
    unknown: 'not known',
  },
  scrub: {
    title: 'Check and repair',
    start: 'Check and repair',
    progress: '{{done}} of {{total}} records',
    states: {
      running: 'Running since {{at}}.',
      done: 'Done on {{at}}.',
      failed: 'It stopped on {{at}} without an end; start it again.',
    },
    pieces: 'Pieces read',
    missing: 'Missing',
    corrupt: 'Altered',
    repaired: 'Made anew',
    lost: 'Lost',
    orphans: 'Belonged to nothing',
  },
} as const

export default words
